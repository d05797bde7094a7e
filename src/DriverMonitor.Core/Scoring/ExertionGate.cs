namespace DriverMonitor.Core.Scoring;

/// <summary>
/// Says when a fast heart proves nothing: standing still (loading, climbing in), the first minutes of driving, hard
/// work by the sensor's own count, a moving body, loud speech.
/// </summary>
public sealed class ExertionGate(StressSettings settings)
{
    /// <summary>Slower counts as standing, km/h.</summary>
    private const double Standing = 3;

    private TimeSpan? _drivingSince;

    /// <param name="at">Time since the start.</param>
    /// <param name="speedKmh">Unknown counts as driving.</param>
    /// <param name="kilojoulesPerMinute">From the strap, where it counts.</param>
    /// <param name="bodyMoves">Head or body in strong motion.</param>
    /// <param name="speaksStrongly">Long or loud speech.</param>
    public bool Step(
        TimeSpan at, double? speedKmh, double? kilojoulesPerMinute = null, bool bodyMoves = false, bool speaksStrongly = false)
    {
        if (speedKmh < Standing) _drivingSince = null;
        else _drivingSince ??= at;

        return _drivingSince is not { } since
            || at - since < settings.ExertionAfterStart
            || kilojoulesPerMinute > settings.ExertionKilojoulesPerMinute
            || bodyMoves
            || speaksStrongly;
    }
}
