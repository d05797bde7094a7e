using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>
/// Blinks of the last three minutes: how long they are and how often they come, over the time the eyes were seen.
/// </summary>
/// <param name="fewest">Complete blinks without which nothing is said of their mean.</param>
public sealed class BlinkStatistics(int fewest)
{
    private const int MostBlinks = 512;
    private const int WindowSeconds = 180;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(WindowSeconds);

    private readonly (TimeSpan At, double LogSeconds, bool Long)[] _blinks = new (TimeSpan, double, bool)[MostBlinks];
    private readonly long[] _seen = new long[WindowSeconds];
    private int _first;
    private int _count;
    private BucketRing _ring = new(WindowSeconds);
    private long _seenTicks;

    /// <summary>Mean of the natural logarithm of the duration in seconds; null under too few blinks.</summary>
    public double? MeanLogDuration
    {
        get
        {
            double sum = 0;
            var complete = 0;
            for (var i = 0; i < _count; i++)
            {
                var blink = _blinks[(_first + i) % MostBlinks];
                if (double.IsNaN(blink.LogSeconds)) continue;
                sum += blink.LogSeconds;
                complete++;
            }

            return complete >= fewest ? sum / complete : null;
        }
    }

    /// <summary>Blinks, long ones among them, per minute of seen time; null until half of the window was seen.</summary>
    public double? PerMinute => SeenMinutes is { } minutes ? _count / minutes : null;

    /// <summary>Blinks and closures of 0.4 s and more per minute of seen time.</summary>
    public double? LongPerMinute
    {
        get
        {
            if (SeenMinutes is not { } minutes) return null;
            var count = 0;
            for (var i = 0; i < _count; i++)
                if (_blinks[(_first + i) % MostBlinks].Long) count++;
            return count / minutes;
        }
    }

    /// <summary>Share of the window in which the eyes were seen, 0..1.</summary>
    public double SeenShare => Math.Min(1, (double)_seenTicks / (WindowSeconds * TimeSpan.TicksPerSecond));

    private double? SeenMinutes => SeenShare is >= 0.5 and var share ? share * WindowSeconds / 60 : null;

    /// <summary>Moves the window on; <paramref name="seen"/> is the time the eyes were seen since the last step.</summary>
    public void Step(TimeSpan at, TimeSpan seen)
    {
        var emptied = _ring.MoveTo(WholeUnits.Second(at));
        for (var i = 0; i < emptied; i++)
        {
            ref var bucket = ref _seen[_ring.Before(i)];
            _seenTicks -= bucket;
            bucket = 0;
        }

        var counted = Math.Clamp(seen.Ticks, 0, WindowSeconds * TimeSpan.TicksPerSecond);
        _seen[_ring.Newest] += counted;
        _seenTicks += counted;

        while (_count > 0 && !CheckedTime.IsWithin(Window, _blinks[_first].At, at)) DropOldest();
    }

    /// <param name="duration">Of a complete blink at half amplitude; null for one whose duration does not count.</param>
    public void Add(TimeSpan at, TimeSpan? duration, bool isLong)
    {
        if (_count == MostBlinks) DropOldest();
        var log = duration is { } lasted && lasted > TimeSpan.Zero ? Math.Log(lasted.TotalSeconds) : double.NaN;
        _blinks[(_first + _count++) % MostBlinks] = (at, log, isLong);
    }

    public void Reset()
    {
        Array.Clear(_seen);
        (_count, _seenTicks) = (0, 0);
        _ring.Reset();
    }

    private void DropOldest()
    {
        _first = (_first + 1) % MostBlinks;
        _count--;
    }
}
