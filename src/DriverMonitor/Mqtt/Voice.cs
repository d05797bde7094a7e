using DriverMonitor.Core.Events;
using DriverMonitor.Outbox;

namespace DriverMonitor.Mqtt;

/// <summary>Who speaks, and what there is to say.</summary>
internal sealed record Voice(WireIdentity Who, Topics Topics, EventOutbox Outbox, VehicleState State, ClockTrust Clock);
