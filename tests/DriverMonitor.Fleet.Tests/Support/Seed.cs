using System.Data.Common;
using System.Globalization;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>Rows as a receiver would have stored them.</summary>
internal sealed class Seed(FleetDatabase database)
{
    public const long Epoch = 0x5f1c9a2e77b04d10;

    public static long Now => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    public static string EpochText => Epoch.ToString("x16", CultureInfo.InvariantCulture);

    /// <returns>The vehicle's number.</returns>
    public async Task<int> VehicleAsync(string tenant, string name, int privacy = 1)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, default);
        await connection.ExecuteAsync("insert into tenant (name) values (@tenant) on conflict (name) do nothing", default, ("tenant", tenant));
        await connection.ExecuteAsync(
            "insert into vehicle (tenant_id, name, privacy, version, first_at) select id, @name, @privacy, '1.2.0', @now from tenant "
                + "where name = @tenant", default, ("tenant", tenant), ("name", name), ("privacy", privacy), ("now", Now));
        var id = await connection.ScalarAsync<int>(
            "select v.id from vehicle v join tenant t on t.id = v.tenant_id where t.name = @tenant and v.name = @name", default,
            ("tenant", tenant), ("name", name));
        await connection.ExecuteAsync(
            "insert into vehicle_now (vehicle_id, status, seen_at, alert, waiting, oldest_s) values (@id, 'online', @now, 3, 2, 12)", default,
            ("id", id), ("now", Now));
        return id;
    }

    public async Task EventAsync(
        int vehicle, long seq, EventType type, string body = "{}", string? episode = null, EventKind kind = EventKind.None, long? at = null,
        long? received = null)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, default);
        await connection.ExecuteAsync(
            "insert into event (vehicle_id, boot, epoch, seq, at, received_at, mono, type, kind, level, clock, late, episode, body) "
                + "values (@vehicle, 7, @epoch, @seq, @at, @received, 0, @type, @kind, 3, 2, 0, @episode, @body)", default,
            ("vehicle", vehicle), ("epoch", Epoch), ("seq", seq), ("at", at ?? Now), ("received", received ?? Now), ("type", (int)type),
            ("kind", (int)kind), ("episode", episode), ("body", body));
        if (type != EventType.Raised) return;
        await connection.ExecuteAsync(
            "insert into episode (vehicle_id, epoch, episode, kind, rule, raised_at, last_at, top_level) "
                + "values (@vehicle, @epoch, @episode, @kind, 'eyes_closed', @at, @at, 3)", default,
            ("vehicle", vehicle), ("epoch", Epoch), ("episode", episode), ("kind", (int)kind), ("at", at ?? Now));
    }

    public Task<DbConnection> OpenAsync() => database.OpenAsync(FleetDatabase.EveryTenant, default);

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, default);
        return await connection.ScalarAsync<T>(sql, default);
    }
}
