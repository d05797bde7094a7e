using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Storage;

namespace DriverMonitor.Fleet.Web;

/// <summary>A line of the audit.</summary>
internal sealed record AuditView(long Id, DateTimeOffset At, string Who, string What, string Hash);

/// <param name="BadLine">The first line that does not follow from the one before; null while the chain holds.</param>
internal sealed record AuditPage(IReadOnlyList<AuditView> Items, string? Next, long? BadLine);

/// <summary>What people did in one tenant.</summary>
internal sealed class AuditReader(FleetDatabase database, AuditChain chain)
{
    /// <param name="about">Only lines with this text in them, such as <c>export</c>; null for all.</param>
    /// <param name="before">Lines with a smaller number; they come newest first.</param>
    public async Task<AuditPage> ReadAsync(int tenant, string? about, long before, int limit, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        var rows = await connection.ReadAsync(
            "select id, at, who, what, hash from audit where tenant_id = @tenant and id < @before "
                + (about is null ? "" : "and what like @about ") + "order by id desc limit @limit",
            row => new AuditView(row.GetInt64(0), row.Time(1), row.GetString(2), row.GetString(3), row.GetString(4)), stop,
            ("tenant", tenant), ("before", before), ("about", $"%{about}%"), ("limit", limit));
        var next = rows.Count == limit ? $"{rows[^1].Id}" : null;
        return new(rows, next, before == long.MaxValue ? await chain.FirstBadAsync(stop) : null);
    }
}
