using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Storage;

/// <summary>What a batch came to.</summary>
/// <param name="New">Events that had not been stored before, in the order of the batch.</param>
/// <param name="Repeats">Events that had.</param>
internal sealed record PutResult(IReadOnlyList<FleetEvent> New, int Repeats);
