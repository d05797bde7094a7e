using DriverMonitor.Core;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Drivers;

/// <summary>
/// When a trip begins and ends. It begins when the vehicle moves (where the speed is unknown: when a driver is seen) and ends
/// when it has stood for a quarter of an hour, as a break does.
/// </summary>
internal sealed class TripBounds
{
    private static readonly TimeSpan ParkedAfter = TimeSpan.FromMinutes(15);

    /// <summary>Moving the vehicle in a yard is no trip.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>Null outside of a trip.</summary>
    public TimeSpan? Began { get; private set; }

    /// <summary>When the vehicle moved last.</summary>
    public TimeSpan MovedAt { get; private set; }

    /// <summary>How long the trip is so far, without the standing at its end.</summary>
    public TimeSpan Duration => MovedAt - (Began ?? MovedAt);

    /// <summary>True in the step in which a trip begins.</summary>
    public bool Update(in Observation seen, TimeSpan at)
    {
        if (!IsDriving(seen)) return false;
        MovedAt = at;
        if (Began is not null) return false;
        Began = at;
        return true;
    }

    /// <summary>The vehicle has stood so long that the trip is over.</summary>
    public bool IsOver(TimeSpan at) => Began is not null && at - MovedAt >= ParkedAfter;

    public void Reset() => Began = null;

    private static bool IsDriving(in Observation seen) => seen.Vehicle is { SpeedKmh: { } speed }
        ? speed > 0
        : seen.Face is { Sight: Sight.Driver };
}
