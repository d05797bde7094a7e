using System.Data.Common;
using System.Globalization;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Fleet.Feed;

/// <summary>
/// Reads on in the stored events and hands them to what follows from them: erasures, renewals, webhooks. It lives beside the
/// intake and never holds it up; how far it has read is in the store, so nothing is left out by a crash.
/// </summary>
internal sealed partial class EventFeed(
    FleetDatabase database, IEnumerable<IFeedHandler> handlers, TimeProvider time, ILogger<EventFeed> log) : BackgroundService
{
    /// <summary>Of several programs one reads on for a handler at a time.</summary>
    private const int PostgresLock = 0x6665_6564;

    /// <summary>
    /// Transactions of several receivers do not become visible in the order of their times: so much is read again. One that
    /// waited for the database is as late as that was away, see <see cref="Overlap"/>.
    /// </summary>
    private static readonly TimeSpan UsualOverlap = TimeSpan.FromSeconds(30);

    /// <summary>After an outage every receiver has stored what it held within this.</summary>
    private static readonly TimeSpan CatchUp = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2), Slice = TimeSpan.FromHours(6);

    /// <summary>Handed on at a time: what waits is never held in memory as a whole.</summary>
    private const int MostAtOnce = 1_000;

    private readonly IFeedHandler[] _handlers = [.. handlers];
    private readonly ILogger _log = log;
    private DateTimeOffset? _failingSince;
    private (DateTimeOffset Until, TimeSpan Longer) _outage;

    /// <summary>Hands on what is new, once.</summary>
    public async Task StepAsync(CancellationToken stop)
    {
        foreach (var handler in _handlers)
        {
            while (await StepAsync(handler, stop)) { }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                if (_failingSince is { } since) _outage = (time.GetUtcNow() + CatchUp, time.GetUtcNow() - since);
                await StepAsync(stoppingToken);
                if (_failingSince is not null) LogRecovered();
                _failingSince = null;
            }
#pragma warning disable CA1031 // what follows from stored events must never stop their receiving, whatever is wrong with it
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (_failingSince is null) LogFailing(e is DbException or TimeoutException or IOException ? null : e, e.Message);
                _failingSince ??= time.GetUtcNow();
            }
#pragma warning restore CA1031
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <returns>True if there is more.</returns>
    private async Task<bool> StepAsync(IFeedHandler handler, CancellationToken stop)
    {
        await using var reading = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        await using var turn = database.IsPostgres ? await reading.BeginTransactionAsync(stop) : null;
        if (turn is not null && !await reading.ScalarAsync<bool>(
            "select pg_try_advisory_xact_lock(@lock, hashtext(@name))", stop, ("lock", PostgresLock), ("name", handler.Name))) return false;
        var position = await reading.ScalarAsync<long?>("select position from feed where name = @name", stop, ("name", handler.Name));
        var (from, to, isBehind) = await WindowAsync(reading, position, stop);
        if (to == position) return false;
        if (await handler.IsWantedAsync(reading, stop)) await HandOnAsync(reading, handler, from, to, stop);
        await reading.ExecuteAsync(
            "insert into feed (name, position) values (@name, @next) on conflict (name) do update set position = @next", stop,
            ("name", handler.Name), ("next", to));
        if (turn is not null) await turn.CommitAsync(stop);
        return isBehind;
    }

    /// <summary>
    /// What to read now. On a file rows are numbered in the order of their commits; on a server the time of arrival has to do.
    /// </summary>
    private async Task<(long From, long To, bool IsBehind)> WindowAsync(DbConnection connection, long? position,
        CancellationToken stop)
    {
        if (!database.IsPostgres)
        {
            var last = await connection.ScalarAsync<long?>("select max(rowid) from event", stop) ?? 0;
            // After everything was taken away numbers begin anew.
            var next = position is { } before && before <= last ? before : 0;
            return (next, Math.Min(last, next + MostAtOnce), next + MostAtOnce < last);
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var since = position ?? await connection.ScalarAsync<long?>("select min(received_at) from event", stop) ?? now;
        var to = Math.Min(now, since + (long)Slice.TotalMilliseconds);
        return (since - (long)Overlap.TotalMilliseconds, to, to < now);
    }

    private TimeSpan Overlap => time.GetUtcNow() < _outage.Until ? _outage.Longer + CatchUp : UsualOverlap;

    private async Task HandOnAsync(DbConnection connection, IFeedHandler handler, long from, long to, CancellationToken stop)
    {
        var types = string.Join(',', handler.Wanted.Select(type => ((int)type).ToString(CultureInfo.InvariantCulture)));
        var order = database.IsPostgres ? "e.received_at" : "e.rowid";
        await using var command = connection.Command(
            Columns + $"where {order} > @from and {order} <= @to and e.type in ({types}) order by {order}", ("from", from), ("to", to));
        List<FeedEvent> events = [];
        await using (var row = await command.ExecuteReaderAsync(stop))
        {
            while (await row.ReadAsync(stop))
            {
                events.Add(ToEvent(row));
                // On a file the window is no larger, and what is being read could not be cleared out of the log by an erasure.
                if (!database.IsPostgres || events.Count < MostAtOnce) continue;
                await handler.HandleAsync(events, stop);
                events = [];
            }
        }

        if (events.Count > 0) await handler.HandleAsync(events, stop);
    }

    private const string Columns =
        "select t.id, t.name, v.id, v.name, e.epoch, e.seq, e.type, e.kind, e.level, e.at, e.received_at, e.episode, p.rule, e.body, "
        + "case when e.happened_at is not null then e.happened_at when e.clock >= 2 then e.at end from event e "
        + "join vehicle v on v.id = e.vehicle_id join tenant t on t.id = v.tenant_id "
        + "left join episode p on p.vehicle_id = e.vehicle_id and p.epoch = e.epoch and p.episode = e.episode ";

    private static FeedEvent ToEvent(DbDataReader row) => new(
        row.GetInt32(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetInt64(4), row.GetInt64(5),
            (EventType)row.GetInt16(6),
        (EventKind)row.GetInt16(7), row.GetInt16(8), row.GetInt64(9), row.GetInt64(10), row.IsDBNull(11)
            ? null : row.GetString(11),
        row.IsDBNull(12) ? null : row.GetString(12), row.GetString(13))
    {
        HappenedAt = row.IsDBNull(14) ? null : row.GetInt64(14),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Erasures, renewals and webhooks wait ({Why}). Retrying every 2 s.")]
    private partial void LogFailing(Exception? fault, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "Erasures, renewals and webhooks go on.")]
    private partial void LogRecovered();
}
