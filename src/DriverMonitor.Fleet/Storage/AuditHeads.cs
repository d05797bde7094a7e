using System.Data.Common;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Storage;

/// <summary>
/// Where each vehicle's own audit log had come to, hour by hour: it only grows, so one that became shorter, or another one of the
/// same length, was cut or written anew.
/// </summary>
internal static class AuditHeads
{
    public static async Task PutAsync(
        DbConnection connection, int vehicle, FleetEvent one, AuditHead head, long receivedAt, CancellationToken stop)
    {
        var before = await NeighbourAsync(connection, vehicle, "at < @at order by at desc", one.At, stop);
        var after = await NeighbourAsync(connection, vehicle, "at > @at order by at", one.At, stop);
        await connection.ExecuteAsync(
            """
            insert into audit_head (vehicle_id, at, entries, hash) values (@vehicle, @at, @entries, @hash)
            on conflict (vehicle_id, at) do nothing
            """,
            stop, ("vehicle", vehicle), ("at", one.At), ("entries", head.Entries), ("hash", head.Hash));
        foreach (var fault in new[] { FaultOf(before, head), FaultOf(head, after) })
        {
            if (fault is not null)
                await FindingRows.PutAsync(connection, vehicle, new(one.Vehicle, receivedAt, FindingKind.AuditHead, fault), stop);
        }
    }

    /// <summary>What is wrong with a log that had come to one head and later to another; null if nothing.</summary>
    public static string? FaultOf(AuditHead? earlier, AuditHead? later) =>
        earlier is not { } before || later is not { } now ? null
        : now.Entries < before.Entries ? $"the audit log became shorter: {now.Entries} entries after {before.Entries}"
        : now.Entries == before.Entries && now.Hash != before.Hash
            ? $"the audit log's {now.Entries} entries are others than before"
        : null;

    private static async Task<AuditHead?> NeighbourAsync(
        DbConnection connection, int vehicle, string which, long at, CancellationToken stop)
    {
        var found = await connection.ReadAsync(
            $"select entries, hash from audit_head where vehicle_id = @vehicle and {which} limit 1",
            row => new AuditHead(row.GetInt64(0), row.GetString(1)), stop, ("vehicle", vehicle), ("at", at));
        return found.Count > 0 ? found[0] : null;
    }
}
