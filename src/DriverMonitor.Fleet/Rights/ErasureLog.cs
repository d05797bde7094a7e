using DriverMonitor.Fleet.Storage;

namespace DriverMonitor.Fleet.Rights;

/// <summary>The fleet's own receipt of an erasure.</summary>
/// <param name="Receipt">The vehicle's event that asked for it; null for a request to the fleet.</param>
/// <param name="Rows">Events that lost what they said.</param>
internal sealed record ErasureView(
    long Id, string Vehicle, string? Receipt, string? Pseudonym, DateTimeOffset? From, DateTimeOffset? To,
        DateTimeOffset DoneAt, long Rows);

/// <summary>What was erased, and when.</summary>
internal sealed class ErasureLog(FleetDatabase database)
{
    public async Task<IReadOnlyList<ErasureView>> ListAsync(int tenant, long before, int limit, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        return await connection.ReadAsync(
            "select r.id, v.name, r.receipt, r.pseudonym, r.from_at, r.to_at, r.done_at, r.rows from erasure r "
                + "join vehicle v on v.id = r.vehicle_id where v.tenant_id = @tenant and r.id < @before and r.done_at is not null "
                + "order by r.id desc limit @limit",
            row => new ErasureView(
                row.GetInt64(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3)
                    ? null : row.GetString(3),
                Time(row.IsDBNull(4) ? null : row.GetInt64(4)), Time(row.IsDBNull(5) ? null : row.GetInt64(5)),
                Time(row.GetInt64(6))!.Value, row.GetInt64(7)),
            stop, ("tenant", tenant), ("before", before), ("limit", limit));
    }

    private static DateTimeOffset? Time(long? at) => at is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
