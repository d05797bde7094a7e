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
    /// Transactions of several receivers do not become visible in the order of their times, and one that waited for the database
    /// is as late as that was away. So much is read again.
    /// </summary>
    private const long OverlapMs = 5 * 60_000L;

    private const long SliceMs = 6 * 3_600_000L;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly IFeedHandler[] _handlers = [.. handlers];
    private readonly ILogger _log = log;
    private bool _isFailing;

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
                await StepAsync(stoppingToken);
                if (_isFailing) LogRecovered();
                _isFailing = false;
            }
#pragma warning disable CA1031 // what follows from stored events must never stop their receiving, whatever is wrong with it
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!_isFailing) LogFailing(e is DbException or TimeoutException or IOException ? null : e, e.Message);
                _isFailing = true;
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
        var (events, next, isBehind) = await ReadAsync(reading, handler, position, stop);
        if (events.Count > 0) await handler.HandleAsync(events, stop);
        if (next == position) return false;
        await reading.ExecuteAsync(
            "insert into feed (name, position) values (@name, @next) on conflict (name) do update set position = @next", stop,
            ("name", handler.Name), ("next", next));
        if (turn is not null) await turn.CommitAsync(stop);
        return isBehind;
    }

    /// <summary>
    /// On a file rows are numbered in the order of their commits; on a server the time of arrival has to do.
    /// </summary>
    private async Task<(IReadOnlyList<FeedEvent> Events, long Next, bool IsBehind)> ReadAsync(
        DbConnection connection, IFeedHandler handler, long? position, CancellationToken stop)
    {
        var types = string.Join(',', handler.Wanted.Select(type => ((int)type).ToString(CultureInfo.InvariantCulture)));
        if (!database.IsPostgres)
        {
            var last = await connection.ScalarAsync<long?>("select max(rowid) from event", stop) ?? 0;
            // After everything was taken away numbers begin anew.
            var from = position is { } before && before <= last ? before : 0;
            var rows = $"e.rowid > @from and e.rowid <= @to and e.type in ({types}) order by e.rowid";
            return (last == from ? [] : await SelectAsync(connection, rows, from, last, stop), last, false);
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var since = position ?? await connection.ScalarAsync<long?>("select min(received_at) from event", stop) ?? now;
        var to = Math.Min(now, since + SliceMs);
        var arrived = $"e.received_at > @from and e.received_at <= @to and e.type in ({types}) order by e.received_at";
        return (await SelectAsync(connection, arrived, since - OverlapMs, to, stop), to, to < now);
    }

    private static Task<List<FeedEvent>> SelectAsync(DbConnection connection, string where, long from, long to,
        CancellationToken stop) =>
        connection.ReadAsync(
            "select t.id, t.name, v.id, v.name, e.epoch, e.seq, e.type, e.kind, e.level, e.at, e.received_at, e.episode, p.rule, e.body "
                + "from event e join vehicle v on v.id = e.vehicle_id join tenant t on t.id = v.tenant_id "
                + "left join episode p on p.vehicle_id = e.vehicle_id and p.epoch = e.epoch and p.episode = e.episode where " + where,
            row => new FeedEvent(
                row.GetInt32(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetInt64(4), row.GetInt64(5),
                (EventType)row.GetInt16(6), (EventKind)row.GetInt16(7), row.GetInt16(8), row.GetInt64(9), row.GetInt64(10),
                row.IsDBNull(11) ? null : row.GetString(11), row.IsDBNull(12) ? null : row.GetString(12), row.GetString(13)),
            stop, ("from", from), ("to", to));

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Erasures, renewals and webhooks wait ({Why}). Retrying every 2 s.")]
    private partial void LogFailing(Exception? fault, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "Erasures, renewals and webhooks go on.")]
    private partial void LogRecovered();
}
