namespace DriverMonitor.Core.Scoring;

/// <summary>Holds the fatigue score up after the eyes were shut too long: an event outweighs any average.</summary>
internal sealed class EventFloors(FatigueSettings settings)
{
    private (TimeSpan At, TimeSpan Closed)? _microsleep, _second, _sleep;

    /// <summary>How long the eyes were shut in the event behind <see cref="At"/>'s last answer.</summary>
    public TimeSpan Closed { get; private set; }

    public void AddMicrosleep(TimeSpan at, TimeSpan closed)
    {
        if (_microsleep is { } last && at - last.At <= settings.TwoMicrosleepsWithin) _second = (at, closed);
        _microsleep = (at, closed);
    }

    public void AddSleep(TimeSpan at, TimeSpan closed) => _sleep = (at, closed);

    public void Reset() => _microsleep = _second = _sleep = null;

    /// <summary>The highest floor that still stands, 0 if none ever was.</summary>
    public double At(TimeSpan now)
    {
        double highest = 0;
        Consider(now, _microsleep, settings.Microsleep, ref highest);
        Consider(now, _second, settings.TwoMicrosleeps, ref highest);
        Consider(now, _sleep, settings.Sleep, ref highest);
        return highest;
    }

    private void Consider(TimeSpan now, (TimeSpan At, TimeSpan Closed)? happened, FloorSettings floor, ref double highest)
    {
        if (happened is not { } it) return;
        var age = now > it.At ? now - it.At : TimeSpan.Zero;
        double height = floor.P * Math.Pow(2, -age / floor.HalfLife);
        if (height <= highest) return;
        highest = height;
        Closed = it.Closed;
    }
}
