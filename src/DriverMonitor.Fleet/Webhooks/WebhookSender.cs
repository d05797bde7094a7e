using System.Data.Common;
using System.Globalization;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Fleet.Webhooks;

/// <summary>
/// Sends what waits, each target in a task of its own: a dead one holds up nobody. A target that fails is tried again with
/// growing pauses for 24 hours; then the message is given up and a finding says so.
/// </summary>
internal sealed partial class WebhookSender(
    FleetDatabase database, WebhookClient client, TimeProvider time, ILogger<WebhookSender> log) : BackgroundService
{
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    private const int MostAtOnce = 16, MostInARow = 50;

    /// <summary>Another program does not take a message that this one is sending; after a crash it is tried again.</summary>
    private const long ClaimMs = 60_000;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1), FirstPause = TimeSpan.FromSeconds(5),
        LastPause = TimeSpan.FromHours(1);

    private readonly Dictionary<int, Task> _busy = new();
    private readonly ILogger _log = log;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Before attempt <paramref name="attempts"/> + 1.</summary>
    public static TimeSpan PauseAfter(int attempts)
    {
        var pause = FirstPause * Math.Pow(2, Math.Clamp(attempts - 1, 0, 20));
        return pause < LastPause ? pause : LastPause;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await StartDueAsync(stoppingToken);
        await Task.WhenAll(_busy.Values);
    }

    private async Task StartDueAsync(CancellationToken stop)
    {
        try
        {
            await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
            var due = await connection.ReadAsync(
                "select distinct webhook_id from delivery where done_at is null and failed_at is null and next_at <= @now",
                row => row.GetInt32(0), stop, ("now", Now));
            foreach (var (target, task) in _busy.ToList())
                if (task.IsCompleted) _busy.Remove(target);
            foreach (var target in due)
            {
                if (_busy.Count >= MostAtOnce) return;
                if (_busy.ContainsKey(target)) continue;
                _busy[target] = DrainAsync(target, stop);
            }
        }
        catch (Exception e) when (e is DbException or TimeoutException or IOException)
        {
            // The intake says that the store is away.
        }
    }

    private async Task DrainAsync(int target, CancellationToken stop)
    {
        await Task.Yield();
        try
        {
            for (var i = 0; i < MostInARow && await SendNextAsync(target, stop); i++) { }
        }
        catch (Exception e) when (e is DbException or TimeoutException or IOException or OperationCanceledException)
        {
            LogInterrupted(target, e.Message);
        }
    }

    /// <returns>False when nothing is due, or the target did not take it.</returns>
    private async Task<bool> SendNextAsync(int target, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        var now = Now;
        var due = await connection.ReadAsync(
            "select d.id, d.body, d.attempts, d.created_at, d.next_at, w.url, w.secret, w.disabled_at, w.tenant_id, d.event from delivery d "
                + "join webhook w on w.id = d.webhook_id where w.id = @target and d.done_at is null and d.failed_at is null "
                + "and d.next_at <= @now order by d.id limit 1",
            row => new Due(
                row.GetInt64(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3), row.GetInt64(4), row.GetString(5),
                    row.GetString(6),
                !row.IsDBNull(7), row.GetInt32(8), row.GetString(9)),
            stop, ("target", target), ("now", now));
        if (due is not [var one]) return false;
        var isOurs = await connection.ExecuteAsync(
            "update delivery set next_at = @until, attempts = attempts + 1 where id = @id and next_at = @next and done_at is null", stop,
            ("until", now + ClaimMs), ("id", one.Id), ("next", one.NextAt)) == 1;
        if (!isOurs) return true;
        var id = one.Id.ToString(CultureInfo.InvariantCulture);
        var error = one.IsDisabled
            ? "the target was removed"
            : await client.SendAsync(one.Url, one.Secret, id, time.GetUtcNow(), one.Body, stop);
        await SettleAsync(connection, target, one, error, stop);
        return error is null;
    }

    private async Task SettleAsync(DbConnection connection, int target, Due one, string? error, CancellationToken stop)
    {
        var now = Now;
        var isOver = error is not null && (one.IsDisabled || now - one.CreatedAt >= Patience.TotalMilliseconds);
        await connection.ExecuteAsync(
            "update delivery set done_at = @done, failed_at = @failed, next_at = @next, error = @error where id = @id", stop,
            ("done", error is null ? now : null), ("failed", isOver ? now : null),
            ("next", now + (long)PauseAfter(one.Attempts + 1).TotalMilliseconds), ("error", error), ("id", one.Id));
        if (error is not null && one.Attempts == 0) LogRefused(target, error);
        if (!isOver || one.IsDisabled) return;
        LogGivenUp(target, error!);
        // Once a day is enough to know that nobody listens.
        await connection.ExecuteAsync(
            "insert into finding (vehicle_id, at, kind, detail) select v.id, @now, @kind, @detail from vehicle v "
                + "where v.tenant_id = @tenant and v.name = @vehicle and not exists (select 1 from finding f "
                + "where f.kind = @kind and f.detail = @detail and f.at > @yesterday)",
            stop, ("now", now), ("kind", (int)FindingKind.Webhook), ("detail", $"webhook {target} took nothing for 24 h: {error}"),
            ("tenant", one.Tenant), ("vehicle", one.Event.Split(':')[0]), ("yesterday", now - (long)Patience.TotalMilliseconds));
    }

    private sealed record Due(
        long Id, string Body, int Attempts, long CreatedAt, long NextAt, string Url, string Secret, bool IsDisabled, int Tenant,
            string Event);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Target} did not take a message: {Why}. Retrying for 24 h.")]
    private partial void LogRefused(int target, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhook {Target} took nothing for 24 h ({Why}); a message is given up.")]
    private partial void LogGivenUp(int target, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sending to webhook {Target} was interrupted: {Why}. Retrying within a minute.")]
    private partial void LogInterrupted(int target, string why);
}
