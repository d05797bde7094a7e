using System.Data.Common;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Storage;

/// <summary>What few messages bring along beside their event's row: one statement each, the same on both databases.</summary>
internal static class SideRows
{
    public static async Task PutAsync(
        DbConnection connection, VehicleNumbers numbers, IReadOnlyList<FleetEvent> fresh, IReadOnlyList<Finding> findings,
        long receivedAt, CancellationToken stop)
    {
        foreach (var finding in findings) await PutFindingAsync(connection, numbers, finding, stop);
        foreach (var one in fresh)
        {
            var vehicle = numbers.Of(one.Vehicle);
            if (one.Lost is { } lost)
                await PutFindingAsync(connection, numbers, GapFinding(one, lost, receivedAt), stop);
            if (one.FormerEpoch is { } former)
                await CloseAsync(connection, vehicle, former, receivedAt, stop);
            if (one.Head is { } head) await AuditHeads.PutAsync(connection, vehicle, one, head, receivedAt, stop);
            if (one.Fix is { } fix) await PutFixAsync(connection, vehicle, one.Epoch, fix, stop);
            if (one.Type == EventType.OrderAnswer && one.Seq == 0)
                await CountAnswerAsync(connection, vehicle, one.Epoch, receivedAt, stop);
        }

        var unsure = fresh.Where(one => one.Clock is EventClock.Unset or EventClock.Floor || one.Fix is not null)
            .Select(one => (numbers.Of(one.Vehicle), one.Epoch, one.Fix?.Boot ?? one.Boot)).Distinct();
        foreach (var (vehicle, epoch, boot) in unsure) await RestampAsync(connection, vehicle, epoch, boot, stop);
    }

    private static Finding GapFinding(FleetEvent one, LostRange lost, long at) =>
        new(one.Vehicle, at, FindingKind.Gap, $"{lost.From} to {lost.To}: {TopicName.Shown(lost.Reason)}")
        {
            Numbers = (one.Epoch, lost.From, lost.To),
        };

    private static Task<int> PutFindingAsync(
        DbConnection connection, VehicleNumbers numbers, Finding finding, CancellationToken stop) =>
        FindingRows.PutAsync(connection, numbers.Of(finding.Vehicle), finding, stop);

    /// <summary>Of a queue that was lost with its vehicle's disk nothing more will come: what is missing stays missing.</summary>
    private static Task<int> CloseAsync(DbConnection connection, int vehicle, ulong epoch, long at, CancellationToken stop) =>
        connection.ExecuteAsync(
            "update epoch set closed_at = @at where vehicle_id = @vehicle and epoch = @epoch and closed_at is null",
            stop, ("at", at), ("vehicle", vehicle), ("epoch", (long)epoch));

    private static Task<int> PutFixAsync(
        DbConnection connection, int vehicle, ulong epoch, ClockFix fix, CancellationToken stop) =>
        connection.ExecuteAsync(
            """
            insert into clock_fix (vehicle_id, epoch, boot, mono, utc) values (@vehicle, @epoch, @boot, @mono, @utc)
            on conflict (vehicle_id, epoch, boot) do update set mono = excluded.mono, utc = excluded.utc
            """,
            stop, ("vehicle", vehicle), ("epoch", (long)epoch), ("boot", fix.Boot), ("mono", fix.Mono), ("utc", fix.Utc));

    private static Task<int> CountAnswerAsync(
        DbConnection connection, int vehicle, ulong epoch, long at, CancellationToken stop) =>
        connection.ExecuteAsync(
            "update epoch set answers = answers + 1, last_at = @at where vehicle_id = @vehicle and epoch = @epoch",
            stop, ("at", at), ("vehicle", vehicle), ("epoch", (long)epoch));

    /// <summary>
    /// Puts right what that run stamped by a clock that nobody vouched for, also what comes after the fix. The stamp stays.
    /// </summary>
    private static Task<int> RestampAsync(DbConnection connection, int vehicle, ulong epoch, int boot, CancellationToken stop) =>
        connection.ExecuteAsync(
            """
            update event set happened_at = mono + (
              select f.utc - f.mono from clock_fix f where f.vehicle_id = @vehicle and f.epoch = @epoch and f.boot = @boot)
            where vehicle_id = @vehicle and epoch = @epoch and boot = @boot and clock in (0, 1) and exists (
              select 1 from clock_fix f where f.vehicle_id = @vehicle and f.epoch = @epoch and f.boot = @boot)
            """,
            stop, ("vehicle", vehicle), ("epoch", (long)epoch), ("boot", boot));
}
