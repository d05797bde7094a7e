using DriverMonitor.Configuration;
using DriverMonitor.Core.Wire;
using DriverMonitor.Time;

namespace DriverMonitor.Monitoring;

/// <summary>
/// What <c>check</c> and the order <c>locate-fault</c> say of the clock: one state must not be fine here and a fault there.
/// </summary>
internal static class ClockCheck
{
    /// <summary>A vehicle out of reach of any time server works; one that knows its time to be wrong asks for somebody.</summary>
    public static CheckLine Line(ClockQuality clock) =>
        clock.State switch
        {
            WireClock.Synced => new("clock", Ok: true, "kept by a time server"),
            WireClock.Holdover => new("clock", Ok: true, "was kept by a time server in this run"),
            WireClock.Floor => new(
                "clock",
                Ok: true,
                "nobody vouches for it: events are marked so, and put right once a time server answers"),
            _ => new(
                "clock",
                Ok: false,
                "certainly wrong: events are marked so. Set the time, or let a time server be reached; then they are put right"),
        };
}
