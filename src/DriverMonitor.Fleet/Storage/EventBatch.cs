using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Storage;

/// <summary>What one transaction stores.</summary>
/// <param name="ReceivedAt">Unix milliseconds.</param>
internal sealed record EventBatch(
    long ReceivedAt, IReadOnlyList<FleetEvent> Events, IReadOnlyList<Finding> Findings, IReadOnlyList<VehicleContact> Contacts)
{
    public bool IsEmpty => Events.Count + Findings.Count + Contacts.Count == 0;
}
