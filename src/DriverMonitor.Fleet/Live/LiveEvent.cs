namespace DriverMonitor.Fleet.Live;

/// <summary>A stored event as those who watch are told of it, without values.</summary>
/// <param name="Id">The same each time: an event may be told twice.</param>
/// <param name="Alert">Address of its episode below <c>alerts/{vehicle}/</c>; null for what is no alert.</param>
internal sealed record LiveEvent(
    string Vehicle, string Id, string Type, string Kind, string? Rule, int Level, DateTimeOffset At, DateTimeOffset ReceivedAt,
    bool IsLate, string? Alert);

/// <summary>A message to the watchers of one tenant.</summary>
/// <param name="Position">Where to go on from after it.</param>
internal readonly record struct LiveMessage(int Tenant, long Position, ReadOnlyMemory<byte> Frame);
