namespace DriverMonitor.Fleet.Wire;

/// <summary>What a vehicle says of itself without a number: only the newest counts.</summary>
internal abstract record VehicleContact(VehicleName Vehicle, long ReceivedAt, int Boot)
{
    /// <summary>Birth, farewell or last will.</summary>
    /// <param name="Status"><c>online</c>, <c>offline</c> or <c>lost</c>.</param>
    /// <param name="Privacy">P0 to P3.</param>
    /// <param name="Camera">Its kind; empty where it does not say.</param>
    public sealed record Presence(
        VehicleName Vehicle, long ReceivedAt, int Boot, string Status, ulong Epoch, string Version, int Privacy, string Camera = "")
        : VehicleContact(Vehicle, ReceivedAt, Boot);

    /// <summary>The newest state; of the risks only the coarse level of the worst is kept.</summary>
    public sealed record State(
        VehicleName Vehicle, long ReceivedAt, int Boot, long Seq, int Alert, string Camera, string Heart,
        int Waiting, int OldestS, int Dropped) : VehicleContact(Vehicle, ReceivedAt, Boot);

    /// <summary>Counters since the start of that run.</summary>
    public sealed record Health(
        VehicleName Vehicle, long ReceivedAt, int Boot, long UpS, string Version, string Body)
        : VehicleContact(Vehicle, ReceivedAt, Boot);
}
