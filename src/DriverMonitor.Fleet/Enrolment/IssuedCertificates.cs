using System.Security.Cryptography.X509Certificates;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Enrolment;

/// <summary>What the authority has signed for vehicles, and what of it was taken back.</summary>
internal sealed class IssuedCertificates(FleetDatabase database, TimeProvider time)
{
    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task AddAsync(VehicleName vehicle, X509Certificate2 certificate, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        await connection.ExecuteAsync(
            "insert into tenant (name) values (@tenant) on conflict (name) do nothing", stop, ("tenant", vehicle.Tenant));
        await connection.ExecuteAsync(
            "insert into certificate (serial, tenant_id, vehicle_id, name, issued_at, expires_at) "
                + "select @serial, t.id, (select v.id from vehicle v where v.tenant_id = t.id and v.name = @name), @name, @at, @until "
                + "from tenant t where t.name = @tenant",
            stop,
            ("serial", certificate.SerialNumber), ("tenant", vehicle.Tenant), ("name", vehicle.Vehicle), ("at", Now),
            ("until", new DateTimeOffset(certificate.NotAfter).ToUnixTimeMilliseconds()));
    }

    /// <summary>The end of the vehicle's newest certificate that counts; null where none does.</summary>
    public async Task<DateTimeOffset?> ValidUntilAsync(VehicleName vehicle, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        var until = await connection.ScalarAsync<long?>(
            "select max(c.expires_at) from certificate c join tenant t on t.id = c.tenant_id "
                + "where t.name = @tenant and c.name = @name and c.revoked_at is null and c.expires_at > @now",
            stop, ("tenant", vehicle.Tenant), ("name", vehicle.Vehicle), ("now", Now));
        return until is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
    }

    /// <summary>Vehicles whose newest certificate ends soon, as <c>tenant/vehicle</c>.</summary>
    public async Task<IReadOnlyList<string>> EndingAsync(TimeSpan within, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        return await connection.ReadAsync(
            "select t.name, c.name from certificate c join tenant t on t.id = c.tenant_id where c.revoked_at is null "
                + "group by t.name, c.name having max(c.expires_at) between @now and @soon order by max(c.expires_at)",
            row => $"{row.GetString(0)}/{row.GetString(1)}", stop, ("now", Now), ("soon", Now + (long)within.TotalMilliseconds));
    }

    /// <summary>Takes back every certificate of a vehicle that still counts.</summary>
    /// <returns>How many those were.</returns>
    public async Task<int> RevokeAsync(VehicleName vehicle, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        return await connection.ExecuteAsync(
            "update certificate set revoked_at = @now where revoked_at is null and expires_at > @now and name = @name "
                + "and tenant_id in (select id from tenant where name = @tenant)",
            stop, ("now", Now), ("name", vehicle.Vehicle), ("tenant", vehicle.Tenant));
    }

    /// <summary>Serial numbers of what was taken back and would otherwise still count.</summary>
    public async Task<IReadOnlyList<(string Serial, DateTimeOffset At)>> RevokedAsync(CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        return await connection.ReadAsync(
            "select serial, revoked_at from certificate where revoked_at is not null and expires_at > @now",
            row => (row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))), stop, ("now", Now));
    }

    /// <summary>Whether one was signed for a vehicle since a moment (Unix milliseconds).</summary>
    public async Task<bool> IsAnsweredAsync(VehicleName vehicle, long since, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        return await connection.ScalarAsync<int>(
            "select count(*) from certificate c join tenant t on t.id = c.tenant_id where t.name = @tenant and c.name = @name "
                + "and c.issued_at >= @since", stop, ("tenant", vehicle.Tenant), ("name", vehicle.Vehicle), ("since", since)) > 0;
    }
}
