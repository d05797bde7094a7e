using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DriverMonitor.Fleet.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Fleet.Rights;

/// <summary>
/// Takes away what is older than it may be, once a day: whole months on PostgreSQL, rows on SQLite. Times of arrival count where
/// rows go one by one, or an event of a vehicle whose clock stood at 1970 would go before anybody saw it.
/// </summary>
internal sealed partial class Retention(
    FleetDatabase database, RetentionOptions options, Eraser eraser, TimeProvider time,
        ILogger<Retention> log) : BackgroundService
{
    /// <summary>A statement of a million rows would hold up the intake.</summary>
    private const int RowsAtOnce = 5_000;

    private static readonly TimeSpan Every = TimeSpan.FromDays(1), FirstAfter = TimeSpan.FromMinutes(5);

    /// <summary>So long an erased event may still be sent again by a vehicle that was away.</summary>
    private static readonly TimeSpan RepeatErasures = TimeSpan.FromDays(35);

    private readonly ILogger _log = log;

    /// <summary>Does the work of a day.</summary>
    public async Task ApplyAsync(CancellationToken stop)
    {
        var rows = 0L;
        await using (var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop))
        {
            rows += await EventsAsync(connection, stop);
            var (counts, audit) = (Before(options.Counts), Before(options.Audit));
            rows += await DeleteAsync(connection, "hour", "at < @limit", counts, stop);
            rows += await DeleteAsync(connection, "finding", "at < @limit", counts, stop);
            rows += await DeleteAsync(connection, "orders", "asked_at < @limit", counts, stop);
            rows += await DeleteAsync(connection, "audit_head", "at < @limit", counts, stop);
            rows += await DeleteAsync(connection, "audit", "at < @limit", audit, stop);
            rows += await DeleteAsync(connection, "erasure", "asked_at < @limit", audit, stop);
            rows += await DeleteAsync(connection, "certificate", "expires_at < @limit", counts, stop);
            rows += await DeleteAsync(connection, "token", "expires_at < @limit", counts, stop);
            rows += await DeleteAsync(connection, "delivery", "created_at < @limit", Before(options.Deliveries), stop);
            if (!database.IsPostgres) await connection.ExecuteAsync("pragma wal_checkpoint(truncate)", stop);
        }

        await eraser.RepeatAsync(RepeatErasures, stop);
        if (rows > 0) LogDone(rows);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(FirstAfter, time, stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await ApplyAsync(stoppingToken);
            }
            catch (Exception e) when (e is DbException or TimeoutException or IOException)
            {
                LogFailed(e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private long Before(int days) => (time.GetUtcNow() - TimeSpan.FromDays(days)).ToUnixTimeMilliseconds();

    private async Task<long> EventsAsync(DbConnection connection, CancellationToken stop)
    {
        var limit = Before(options.Events);
        var rows = 0L;
        if (database.IsPostgres) await DropMonthsAsync(connection, limit, stop);
        var table = database.IsPostgres ? "event_default" : "event";
        rows += await DeleteAsync(connection, table, "received_at < @limit", limit, stop);
        rows += await DeleteAsync(connection, "episode", "last_at < @limit", limit, stop);
        foreach (var (tenant, days) in await ShorterAsync(connection, stop))
        {
            var theirs = $"vehicle_id in (select id from vehicle where tenant_id = {tenant.ToString(CultureInfo.InvariantCulture)})";
            rows += await DeleteAsync(connection, "event", $"received_at < @limit and {theirs}", Before(days), stop);
            rows += await DeleteAsync(connection, "episode", $"last_at < @limit and {theirs}", Before(days), stop);
        }

        return rows;
    }

    private async Task DropMonthsAsync(DbConnection connection, long limit, CancellationToken stop)
    {
        var months = await connection.ReadAsync(
            "select c.relname, pg_get_expr(c.relpartbound, c.oid) from pg_inherits i join pg_class c on c.oid = i.inhrelid "
                + "where i.inhparent = 'event'::regclass", row => (Name: row.GetString(0), Bound: row.GetString(1)), stop);
        foreach (var (name, bound) in months)
        {
            if (Upper().Match(bound) is not { Success: true } upper) continue;
            if (long.Parse(upper.Groups[1].Value, CultureInfo.InvariantCulture) > limit) continue;
            await connection.ExecuteAsync($"drop table \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", stop);
            LogDropped(name);
        }
    }

    /// <summary>In pieces, each its own transaction.</summary>
    private async Task<long> DeleteAsync(DbConnection connection, string table, string which, long limit, CancellationToken stop)
    {
        // Tables without a number of their own are small, or go by months.
        var pieces = database.IsPostgres ? "ctid" : table is "episode" or "hour" or "audit_head" ? null : "rowid";
        var piece = pieces is null || table is "event" && database.IsPostgres
            ? which
            : $"{pieces} in (select {pieces} from {table} where {which} limit {RowsAtOnce})";
        var all = 0L;
        while (true)
        {
            var rows = await connection.ExecuteAsync($"delete from {table} where {piece}", stop, ("limit", limit));
            all += rows;
            if (rows < RowsAtOnce || piece == which) return all;
        }
    }

    private async Task<IReadOnlyList<(int Tenant, int Days)>> ShorterAsync(DbConnection connection, CancellationToken stop)
    {
        var own = await connection.ReadAsync(
            "select id, retention from tenant where retention <> '{}'", row => (row.GetInt32(0), DaysOf(row.GetString(1))), stop);
        return [.. own.Where(one => one.Item2 < options.Events)];
    }

    /// <summary>The tenant's <c>{"events": days}</c>; none and nonsense mean the installation's.</summary>
    private int DaysOf(string retention)
    {
        try
        {
            using var document = JsonDocument.Parse(retention);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("events", out var days) && days.TryGetInt32(out var number) && number >= 1
                ? number
                : options.Events;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return options.Events;
        }
    }

    [GeneratedRegex(@"TO \('?(-?\d+)'?\)")]
    private static partial Regex Upper();

    [LoggerMessage(Level = LogLevel.Information, Message = "Retention took away {Rows} rows.")]
    private partial void LogDone(long rows);

    [LoggerMessage(Level = LogLevel.Information, Message = "Retention dropped the month {Name}.")]
    private partial void LogDropped(string name);

    [LoggerMessage(Level = LogLevel.Error, Message = "Retention failed and is tried again tomorrow: {Why}")]
    private partial void LogFailed(string why);
}
