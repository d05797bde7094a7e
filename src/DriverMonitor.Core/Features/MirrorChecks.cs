using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>
/// How often the driver checks mirrors, and whether that has become rare for this driver: fewer in the last minute than in nine
/// of ten of the minutes before. Only glances to the side count, and only short ones; whoever asks decides when to learn.
/// </summary>
public sealed class MirrorChecks
{
    private const double AsideDegrees = 10, UpDownDegrees = 15;
    private const int Most = 32, LearnedSeconds = 600;
    private const double RareShare = 0.1;

    /// <summary>A longer glance is none at a mirror.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(2);

    private readonly EventCounter _minute = new(TimeSpan.FromSeconds(60));
    private readonly int[] _seconds = new int[Most];
    private int _learned;

    public void Update(in Glance glance)
    {
        if (
            glance.Duration <= Longest
            && Math.Abs(glance.YawDegrees) >= AsideDegrees
            && Math.Abs(glance.PitchDegrees) <= UpDownDegrees)
            _minute.Add(glance.EndedAt);
    }

    /// <summary>Whether who looks there looks to the side that the indicator shows, as before a lane change.</summary>
    /// <param name="yaw">From the neutral, + to the driver's right, in degrees.</param>
    /// <param name="pitch">From the neutral, in degrees.</param>
    public static bool IsOfIndicator(Indicator? indicator, double yaw, double pitch) =>
        Math.Abs(pitch) <= UpDownDegrees
        && (indicator == Indicator.Right ? yaw >= AsideDegrees : indicator == Indicator.Left && yaw <= -AsideDegrees);

    /// <summary>Null until ten minutes of ordinary driving were seen.</summary>
    public bool? AreRare(TimeSpan at)
    {
        if (_learned < LearnedSeconds) return null;
        var (count, fewer) = (Count(at), 0);
        for (var i = 0; i <= count; i++) fewer += _seconds[i];
        return fewer < RareShare * _learned;
    }

    /// <summary>A second of ordinary driving, with a full minute of it behind.</summary>
    public void Learn(TimeSpan at)
    {
        _seconds[Count(at)]++;
        _learned++;
    }

    private int Count(TimeSpan at) => Math.Min((int)_minute.Sum(at), Most - 1);
}
