using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Web;

/// <summary>
/// What the API shows. Every statement names the tenant, and on PostgreSQL the session itself sees no other: two walls.
/// </summary>
internal sealed class FleetReader(FleetDatabase database, TimeProvider time)
{
    /// <summary>Rows of one answer.</summary>
    public const int Most = 500;

    private const long OverdueMs = 15 * 60_000L, StaleMs = 24 * 3_600_000L;

    private const string VehicleColumns =
        "v.name, v.label, n.status, n.seen_at, n.alert, n.cam, n.hr, n.waiting, n.oldest_s, n.dropped, v.privacy, v.version, "
        + "(select max(c.expires_at) from certificate c where c.tenant_id = v.tenant_id and c.name = v.name and c.revoked_at is null), v.id ";

    private const string Vehicles = "from vehicle v left join vehicle_now n on n.vehicle_id = v.id where v.tenant_id = @tenant ";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <param name="after">The name after which it goes on.</param>
    public async Task<Rows<VehicleView>> VehiclesAsync(int tenant, string after, int limit, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        var rows = await connection.ReadAsync(
            $"select {VehicleColumns} {Vehicles} and v.name > @after and v.retired_at is null order by v.name limit @limit", ToVehicle,
            stop, ("tenant", tenant), ("after", after), ("limit", limit));
        return new(rows, rows.Count == limit ? rows[^1].Name : null);
    }

    /// <summary>Null for a vehicle that this tenant does not have.</summary>
    public async Task<VehicleDetail?> VehicleAsync(int tenant, string name, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        var found = await connection.ReadAsync(
            $"select {VehicleColumns} {Vehicles} and v.name = @name", row => (View: ToVehicle(row), Id: row.GetInt32(13)), stop,
            ("tenant", tenant), ("name", name));
        if (found is not [var vehicle]) return null;
        return new(vehicle.View, await connection.ReadAsync(
            "select epoch, mark, highest, holes, first_at, last_at, closed_at from epoch where vehicle_id = @id order by last_at desc",
            row => new EpochView(
                Names.Epoch(row.GetInt64(0)), row.GetInt64(1), row.GetInt64(2),
                JsonSerializer.Deserialize<long[][]>(row.GetString(3)) ?? [], row.Time(4), row.Time(5), !row.IsDBNull(6)),
            stop, ("id", vehicle.Id)));
    }

    /// <summary>Number of a vehicle; null for one that this tenant does not have.</summary>
    public async Task<int?> VehicleIdAsync(int tenant, string name, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        return await connection.ScalarAsync<int?>(
            "select id from vehicle where tenant_id = @tenant and name = @name", stop, ("tenant", tenant), ("name", name));
    }

    /// <summary>Counters of one vehicle's monitor, an hour each: they tell of the device, never of who drove.</summary>
    public async Task<IReadOnlyList<HealthView>> HealthAsync(int tenant, int vehicle, long from, long to, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        return await connection.ReadAsync(
            "select at, health from hour where vehicle_id = @vehicle and at >= @from and at < @to and health <> '{}' order by at",
            row => new HealthView(row.Time(0), JsonSerializer.Deserialize<JsonElement>(row.GetString(1))), stop,
            ("vehicle", vehicle), ("from", from), ("to", to));
    }

    /// <param name="vehicle">Of one vehicle; null for all.</param>
    /// <param name="before">Findings with a smaller number; they come newest first.</param>
    public async Task<Rows<FindingView>> FindingsAsync(
        int tenant, string? vehicle, bool isGapsOnly, long before, int limit, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        var rows = await connection.ReadAsync(
            "select v.name, f.id, f.at, f.kind, f.detail, f.epoch, f.first, f.last from finding f "
                + (vehicle is null ? "cross join vehicle v where v.id = f.vehicle_id and" : "join vehicle v on v.id = f.vehicle_id where")
                + " v.tenant_id = @tenant and f.id < @before "
                + (vehicle is null ? "" : "and v.name = @vehicle ")
                + (isGapsOnly ? $"and f.kind in ({(int)FindingKind.Gap}, {(int)FindingKind.Hole}) " : "")
                + "order by f.id desc limit @limit",
            row => new FindingView(
                row.GetString(0), row.GetInt64(1), row.Time(2), Names.Of((FindingKind)row.GetInt16(3)), row.GetString(4),
                row.IsDBNull(5) ? null : Names.Epoch(row.GetInt64(5)), row.IsDBNull(6) ? null : row.GetInt64(6),
                row.IsDBNull(7) ? null : row.GetInt64(7)),
            stop, ("tenant", tenant), ("before", before), ("vehicle", vehicle), ("limit", limit));
        return new(rows, rows.Count == limit ? rows[^1].Id.ToString(CultureInfo.InvariantCulture) : null);
    }

    public async Task<LagView> LagAsync(int tenant, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        var fresh = Now - OverdueMs;
        var counts = await connection.ReadAsync(
            "select count(*), coalesce(sum(case when n.seen_at > @fresh then 1 else 0 end), 0), "
                + "coalesce(sum(case when n.seen_at > @fresh then n.waiting else 0 end), 0), "
                + "coalesce(max(case when n.seen_at > @fresh then n.oldest_s else 0 end), 0) " + Vehicles + " and v.retired_at is null",
            row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), stop, ("tenant", tenant), ("fresh", fresh));
        var epochs = await connection.ReadAsync(
            "select max(e.last_at) from epoch e join vehicle v on v.id = e.vehicle_id where v.tenant_id = @tenant",
            row => row.TimeOrNull(0), stop, ("tenant", tenant));
        var holes = await connection.ReadAsync(
            "select e.holes from epoch e join vehicle v on v.id = e.vehicle_id where v.tenant_id = @tenant and e.holes <> '[]'",
            row => Size(row.GetString(0)), stop, ("tenant", tenant));
        // Without stress and anger: beside the list, which names none of them, their number would tell whose they are.
        var open = await connection.ScalarAsync<int>(
            "select count(*) from episode p cross join vehicle v where v.id = p.vehicle_id and v.tenant_id = @tenant "
                + "and p.cleared_at is null and p.last_at > @recent and p.kind not in (3, 4)", stop, ("tenant", tenant), ("recent", Now - StaleMs));
        var (vehicles, seen, waiting, oldest) = counts[0];
        return new((int)vehicles, (int)seen, epochs[0], waiting, (int)oldest, holes.Sum(), open);
    }

    private static long Size(string holes) =>
        (JsonSerializer.Deserialize<long[][]>(holes) ?? []).Sum(hole => hole[1] - hole[0] + 1);

    private VehicleView ToVehicle(DbDataReader row)
    {
        var privacy = row.NumberOrNull(10);
        var contact = ContactOf(row.TextOrNull(2), row.TimeOrNull(3), privacy);
        // At P0 nothing is told, and what was told before is nobody's business any more.
        var isSilent = contact == "silent";
        return new(
            row.GetString(0), row.GetString(1), contact, isSilent ? null : row.TimeOrNull(3),
            contact == "fresh" ? row.NumberOrNull(4) : null, isSilent ? null : row.TextOrNull(5), isSilent ? null : row.TextOrNull(6),
            isSilent ? null : row.NumberOrNull(7), isSilent ? null : row.NumberOrNull(8), isSilent ? null : row.NumberOrNull(9),
            privacy is { } level ? $"P{level}" : null, row.GetString(11), row.TimeOrNull(12));
    }

    private string ContactOf(string? status, DateTimeOffset? seen, int? privacy) =>
        privacy == 0 ? "silent"
        : seen is not { } at ? "never"
        : status == "offline" ? "offline"
        : Now - at.ToUnixTimeMilliseconds() is var age && age > StaleMs ? "stale"
        : age > OverdueMs || status == "lost" ? "overdue"
        : "fresh";
}
