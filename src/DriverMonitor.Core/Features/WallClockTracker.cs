using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>The time of day, which goes on between the moments in which somebody says it, and the shift's beginning.</summary>
internal sealed class WallClockTracker : IModalityTracker
{
    private (TimeSpan At, WallClock Clock)? _said;
    private TimeSpan? _shiftAt;

    public void Add(TimeSpan at, in WallClock clock) => _said = (at, clock);

    /// <summary>A shift begins when its time of day is first known for sure.</summary>
    public WallClock? Step(TimeSpan now)
    {
        WallClock? wall = _said is { } said ? said.Clock with { Local = said.Clock.Local + (now - said.At) } : null;
        if (wall is { Trusted: true }) _shiftAt ??= now;
        return wall;
    }

    public TimeSpan? ShiftLasted(TimeSpan now) => now - _shiftAt;

    public void Reset(TimeSpan before, TimeSpan at) => (_said, _shiftAt) = (null, null);

    public void ChangeDriver() => _shiftAt = null;
}
