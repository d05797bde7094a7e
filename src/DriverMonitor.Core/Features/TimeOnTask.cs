using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>
/// How long this person has driven since the last real break. Short stops belong to the drive; a rest ends it.
/// </summary>
/// <param name="rest">How long makes a break.</param>
public sealed class TimeOnTask(TimeSpan rest) : IModalityTracker
{
    private TimeSpan? _startedAt;
    private TimeSpan _droveAt;

    /// <summary>Breaks taken.</summary>
    public int Breaks { get; private set; }

    /// <param name="driving">The vehicle moves; or, where its speed is unknown, somebody sits at the wheel.</param>
    public void Step(TimeSpan at, bool driving)
    {
        if (_startedAt is not null && at - _droveAt >= rest)
        {
            _startedAt = null;
            Breaks++;
        }

        if (!driving) return;
        _startedAt ??= at;
        _droveAt = at;
    }

    /// <summary>Since the end of the last break; zero during one.</summary>
    public TimeSpan Elapsed(TimeSpan at) => at - _startedAt ?? TimeSpan.Zero;

    /// <summary>
    /// The clock jumped. Ahead, the board slept, which the next step sees as rest; back, only the numbers changed.
    /// </summary>
    public void Reset(TimeSpan before, TimeSpan at)
    {
        if (at >= before) return;
        _startedAt = at - Elapsed(before);
        _droveAt = at - (before - _droveAt);
    }

    public void ChangeDriver() => (_startedAt, _droveAt, Breaks) = (null, default, 0);
}
