namespace DriverMonitor.Core.Features;

/// <summary>
/// Whether the face that came back is another driver's. Nobody is recognised: who left the seat of a standing vehicle
/// and came back with a new track may be somebody else, and is measured anew. While driving nobody changes seats.
/// </summary>
/// <remarks>
/// Where the speed is unknown only a long absence counts: a driver who slumps out of the picture for half a minute must
/// not come back as a rested one.
/// </remarks>
public sealed class DriverIdentity
{
    private const double StandingKmh = 5;
    private static readonly TimeSpan GoneStanding = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GoneUnknown = TimeSpan.FromSeconds(60);

    private int? _track;
    private TimeSpan _seenAt;

    /// <summary>True when the driver has changed.</summary>
    public bool Update(TimeSpan at, int track, double? speedKmh)
    {
        var gone = at - _seenAt;
        var changed = _track is { } before && before != track
            && (speedKmh is { } speed ? speed < StandingKmh && gone >= GoneStanding : gone >= GoneUnknown);
        (_track, _seenAt) = (track, at);
        return changed;
    }

    /// <summary>The clock jumped: for how long anybody was gone cannot be said.</summary>
    public void Reset() => _track = null;
}
