using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Storage;

/// <summary>What makes an event one: its vehicle, its place in the vehicle's order, and its own stamp.</summary>
internal readonly record struct EventKey(int Vehicle, ulong Epoch, long Seq, long At) : IComparable<EventKey>
{
    public static EventKey Of(FleetEvent one, VehicleNumbers numbers) => new(numbers.Of(one.Vehicle), one.Epoch, one.Seq, one.At);

    public int CompareTo(EventKey other) =>
        Vehicle != other.Vehicle ? Vehicle.CompareTo(other.Vehicle)
        : Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch)
        : Seq != other.Seq ? Seq.CompareTo(other.Seq)
        : At.CompareTo(other.At);

    public static bool operator <(EventKey left, EventKey right) => left.CompareTo(right) < 0;

    public static bool operator >(EventKey left, EventKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(EventKey left, EventKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EventKey left, EventKey right) => left.CompareTo(right) >= 0;
}
