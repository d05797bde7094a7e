using System.Text.Json;
using DriverMonitor.Fleet.Storage;

namespace DriverMonitor.Fleet.Webhooks;

/// <summary>A target as it is shown; its secret is shown once, when it is made.</summary>
/// <param name="Events">Which events it hears of: <c>raised</c>, <c>escalated</c>, <c>cleared</c>, <c>disputed</c>, <c>gap</c>.</param>
/// <param name="Format">One of <see cref="WebhookFormat.Known"/>.</param>
internal sealed record WebhookView(int Id, string Url, IReadOnlyList<string> Events, DateTimeOffset CreatedAt, string Format);

/// <summary>One message on its way to a target.</summary>
/// <param name="State"><c>waiting</c>, <c>done</c> or <c>failed</c>.</param>
internal sealed record DeliveryView(
    long Id, string State, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? NextAt, string? Error);

/// <summary>Who hears of alerts, tenant by tenant.</summary>
internal sealed class WebhookStore(FleetDatabase database, TimeProvider time)
{
    /// <summary>Each costs a connection per alert.</summary>
    public const int MostATenant = 20;

    /// <returns>Number and secret; null if the tenant has as many as it may have.</returns>
    public async Task<(int Id, string Secret)?> AddAsync(
        int tenant, string url, IReadOnlyList<string> events, string format, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        var secret = WebhookClient.NewSecret();
        var id = await connection.ScalarAsync<int?>(
            "insert into webhook (tenant_id, url, secret, events, format, created_at) select @tenant, @url, @secret, @events, @format, @now "
                + "where (select count(*) from webhook where tenant_id = @tenant and disabled_at is null) < @most returning id",
            stop, ("tenant", tenant), ("url", url), ("secret", secret), ("events", JsonSerializer.Serialize(events)),
            ("format", format), ("now", time.GetUtcNow().ToUnixTimeMilliseconds()), ("most", MostATenant));
        return id is { } made ? (made, secret) : null;
    }

    public async Task<IReadOnlyList<WebhookView>> ListAsync(int tenant, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        return await connection.ReadAsync(
            "select id, url, events, created_at, format from webhook where tenant_id = @tenant and disabled_at is null order by id",
            row => new WebhookView(
                row.GetInt32(0), row.GetString(1), JsonSerializer.Deserialize<string[]>(row.GetString(2)) ?? [], row.Time(3),
                row.GetString(4)),
            stop, ("tenant", tenant));
    }

    /// <returns>False for one that this tenant does not have.</returns>
    public async Task<bool> RemoveAsync(int tenant, int id, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        return await connection.ExecuteAsync(
            "update webhook set disabled_at = @now where id = @id and tenant_id = @tenant and disabled_at is null", stop,
            ("now", time.GetUtcNow().ToUnixTimeMilliseconds()), ("id", id), ("tenant", tenant)) == 1;
    }

    /// <summary>The newest deliveries of a target.</summary>
    public async Task<IReadOnlyList<DeliveryView>> DeliveriesAsync(int tenant, int id, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        return await connection.ReadAsync(
            "select d.id, d.done_at, d.failed_at, d.attempts, d.created_at, d.next_at, d.error from delivery d "
                + "join webhook w on w.id = d.webhook_id where w.tenant_id = @tenant and w.id = @id order by d.id desc limit 100",
            row => new DeliveryView(
                row.GetInt64(0), !row.IsDBNull(1) ? "done" : !row.IsDBNull(2) ? "failed" : "waiting", row.GetInt32(3), row.Time(4),
                row.TimeOrNull(5), row.TextOrNull(6)),
            stop, ("tenant", tenant), ("id", id));
    }
}
