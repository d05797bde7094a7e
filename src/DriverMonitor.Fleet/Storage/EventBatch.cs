using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Storage;

/// <summary>What one transaction stores.</summary>
/// <param name="ReceivedAt">Unix milliseconds.</param>
internal sealed record EventBatch(
    long ReceivedAt, IReadOnlyList<FleetEvent> Events, IReadOnlyList<Finding> Findings, IReadOnlyList<VehicleContact> Contacts)
{
    /// <summary>Every vehicle that something of it is about.</summary>
    public IEnumerable<VehicleName> Vehicles =>
        Events.Select(one => one.Vehicle).Concat(Findings.Select(one => one.Vehicle)).Concat(Contacts.Select(one => one.Vehicle));

    public bool IsEmpty => Events.Count + Findings.Count + Contacts.Count == 0;
}
