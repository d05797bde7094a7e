using System.Data.Common;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Storage;

/// <summary>What operators must know about a vehicle's messages.</summary>
internal static class FindingRows
{
    public static Task<int> PutAsync(DbConnection connection, int vehicle, Finding finding, CancellationToken stop) =>
        connection.ExecuteAsync(
            """
            insert into finding (vehicle_id, at, kind, detail, epoch, first, last)
            values (@vehicle, @at, @kind, @detail, @epoch, @first, @last)
            """,
            stop,
            ("vehicle", vehicle), ("at", finding.At), ("kind", (short)finding.Kind), ("detail", finding.Detail),
            ("epoch", (long?)finding.Numbers?.Epoch), ("first", finding.Numbers?.From), ("last", finding.Numbers?.To));
}
