using System.Data.Common;
using DriverMonitor.Fleet.Feed;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Webhooks;

/// <summary>Puts down who is to hear of a stored event. A target hears of an event once, however often it is read.</summary>
internal sealed class WebhookOutbox(FleetDatabase database, TimeProvider time) : IFeedHandler
{
    /// <summary>What a target may ask for.</summary>
    public static readonly IReadOnlyList<string> Events = ["raised", "escalated", "cleared", "disputed", "gap"];

    /// <summary>A target hears of nothing older: after an outage of the receiver it is history.</summary>
    private const long OldestMs = 24 * 3_600_000L;

    public string Name => "webhooks";

    public IReadOnlyCollection<EventType> Wanted { get; } =
        [EventType.Raised, EventType.Escalated, EventType.Cleared, EventType.Disputed, EventType.Gap];

    public async Task<bool> IsWantedAsync(DbConnection connection, CancellationToken stop) =>
        await connection.ScalarAsync<int>("select count(*) from webhook where disabled_at is null", stop) > 0;

    public async Task HandleAsync(IReadOnlyList<FeedEvent> events, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        var targets = await connection.ReadAsync(
            "select id, tenant_id, events, created_at, format from webhook where disabled_at is null",
            row => (
                Id: row.GetInt32(0), Tenant: row.GetInt32(1), Events: row.GetString(2), Since: row.GetInt64(3),
                Format: row.GetString(4)), stop);
        if (targets.Count == 0) return;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var transaction = await connection.BeginTransactionAsync(stop);
        foreach (var one in events)
        {
            if (one.ReceivedAt < now - OldestMs) continue;
            var word = $"\"{Names.Of(one.Type)}\"";
            foreach (var target in targets)
            {
                if (target.Tenant != one.Tenant || one.ReceivedAt < target.Since) continue;
                if (target.Events != "[]" && !target.Events.Contains(word, StringComparison.Ordinal)) continue;
                await connection.ExecuteAsync(
                    "insert into delivery (webhook_id, event, created_at, body, next_at) values (@webhook, @event, @now, @body, @now) "
                        + "on conflict (webhook_id, event) do nothing",
                    stop, ("webhook", target.Id), ("event", one.Id), ("now", now),
                    ("body", WebhookFormat.BodyOf(one, target.Format)));
            }
        }

        await transaction.CommitAsync(stop);
    }
}

/// <summary>What a target is sent.</summary>
/// <param name="Type">Of <see cref="WebhookOutbox.Events"/>.</param>
/// <param name="Id">The event's, to drop what came twice.</param>
internal sealed record WebhookMessage(
    string Type, string Tenant, string Vehicle, string Id, string Kind, int Level, string? Rule, string? Alert,
        DateTimeOffset At);
