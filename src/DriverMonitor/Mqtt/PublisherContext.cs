using DriverMonitor.Core.Wire;
using DriverMonitor.Outbox;
using DriverMonitor.Time;

namespace DriverMonitor.Mqtt;

/// <summary>Who speaks, and what there is to say.</summary>
/// <param name="Announcement">For Home Assistant; empty to take it back, null to say nothing.</param>
internal sealed record PublisherContext(
    WireIdentity Who,
    Topics Topics,
    EventOutbox Outbox,
    VehicleState State,
    HealthReport Health,
    ClockQuality Clock,
    byte[]? Announcement = null)
{
    /// <summary>Said while there is a connection, or never.</summary>
    public PassingMessages Passing { get; init; } = new();
}
