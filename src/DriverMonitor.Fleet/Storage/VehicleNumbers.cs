using System.Data.Common;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Storage;

/// <summary>
/// Row numbers of vehicles by name. A vehicle that is not known yet is added: who may publish under a name is decided by the
/// broker. Reset after every failure, because a restored database may have given the numbers to others.
/// </summary>
internal sealed class VehicleNumbers
{
    /// <summary>A million vehicles are about 100 MB; beyond that the cache is begun anew.</summary>
    private const int Most = 500_000;

    private readonly Dictionary<VehicleName, (int Number, int Privacy)> _known = [];

    public int Of(VehicleName name) => _known[name].Number;

    /// <summary>The privacy level that the vehicle said last, as far as it was seen here; P1 before it said any.</summary>
    public int PrivacyOf(VehicleName name) => _known[name].Privacy;

    public void Reset() => _known.Clear();

    /// <summary>Makes sure that every vehicle has a row.</summary>
    /// <param name="at">When it was seen first, Unix milliseconds.</param>
    public async Task AddAsync(DbConnection connection, IEnumerable<VehicleName> names, long at, CancellationToken stop)
    {
        if (_known.Count > Most) Reset();
        foreach (var name in names)
        {
            if (_known.ContainsKey(name)) continue;
            _known[name] = await FindAsync(connection, name, stop) ?? await InsertAsync(connection, name, at, stop);
        }
    }

    /// <summary>Reads the level anew: another receiver may have heard the vehicle since.</summary>
    public async Task<int> RefreshPrivacyAsync(DbConnection connection, VehicleName name, CancellationToken stop) =>
        (_known[name] = (await FindAsync(connection, name, stop))!.Value).Privacy;

    private static async Task<(int, int)?> FindAsync(DbConnection connection, VehicleName name, CancellationToken stop)
    {
        var found = await connection.ReadAsync(
            """
            select v.id, v.privacy from vehicle v join tenant t on t.id = v.tenant_id
            where t.name = @tenant and v.name = @vehicle
            """,
            row => (row.GetInt32(0), row.IsDBNull(1) ? Measures.Least : row.GetInt16(1)), stop,
            ("tenant", name.Tenant), ("vehicle", name.Vehicle));
        return found.Count > 0 ? found[0] : null;
    }

    private static async Task<(int, int)> InsertAsync(DbConnection connection, VehicleName name, long at, CancellationToken stop)
    {
        await connection.ExecuteAsync(
            "insert into tenant (name) values (@tenant) on conflict (name) do nothing", stop, ("tenant", name.Tenant));
        await connection.ExecuteAsync(
            """
            insert into vehicle (tenant_id, name, first_at) select id, @vehicle, @at from tenant where name = @tenant
            on conflict (tenant_id, name) do nothing
            """, stop, ("tenant", name.Tenant), ("vehicle", name.Vehicle), ("at", at));
        return (await FindAsync(connection, name, stop))!.Value;
    }
}
