using System.Runtime.InteropServices;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Storage;

/// <summary>
/// The highest number of each epoch that was stored here. A higher one is new; only a lower one can be a number that came
/// before with another stamp, which happens when a vehicle's disk was copied or put back.
/// </summary>
internal sealed class HighestNumbers
{
    private const int Most = 500_000;
    private readonly Dictionary<(int Vehicle, ulong Epoch), long> _highest = [];

    public void Reset() => _highest.Clear();

    /// <summary>Takes note of an event that was stored now.</summary>
    /// <returns>True if its number may be there twice.</returns>
    public bool MayRepeat(EventKey key)
    {
        if (_highest.Count > Most) Reset();
        ref var highest = ref CollectionsMarshal.GetValueRefOrAddDefault(_highest, (key.Vehicle, key.Epoch), out var isKnown);
        var isHigher = key.Seq > highest;
        if (isHigher) highest = key.Seq;
        return !isKnown || !isHigher;
    }

    public static Finding FindingOf(FleetEvent one, long at) =>
        new(one.Vehicle, at, FindingKind.Contract, $"number {one.Seq} came with two stamps: is there a copy of the vehicle's disk?")
        {
            Numbers = (one.Epoch, one.Seq, one.Seq),
        };
}
