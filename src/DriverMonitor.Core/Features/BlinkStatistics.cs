namespace DriverMonitor.Core.Features;

/// <summary>
/// Blinks of the last three minutes: how long they are and how often they come, over the time the eyes were seen.
/// </summary>
/// <param name="fewest">Complete blinks without which nothing is said of their mean.</param>
public sealed class BlinkStatistics(int fewest)
{
    private const int MostBlinks = 512;
    private const int WindowSeconds = 180;

    private readonly (TimeSpan At, double LogSeconds, bool Long)[] _blinks = new (TimeSpan, double, bool)[MostBlinks];
    private readonly long[] _seen = new long[WindowSeconds];
    private int _first;
    private int _count;
    private long _newest = long.MinValue;
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
    public double SeenShare => (double)_seenTicks / (WindowSeconds * TimeSpan.TicksPerSecond);

    private double? SeenMinutes => SeenShare is >= 0.5 and var share ? share * WindowSeconds / 60 : null;

    /// <summary>Moves the window on; <paramref name="seen"/> is the time the eyes were seen since the last step.</summary>
    public void Step(TimeSpan at, TimeSpan seen)
    {
        var second = at.Ticks / TimeSpan.TicksPerSecond;
        if (_newest == long.MinValue || second - _newest >= WindowSeconds) ResetSeen();
        else
        {
            for (var s = _newest + 1; s <= second; s++)
            {
                _seenTicks -= _seen[s % WindowSeconds];
                _seen[s % WindowSeconds] = 0;
            }
        }

        _newest = Math.Max(_newest, second);
        _seen[_newest % WindowSeconds] += seen.Ticks;
        _seenTicks += seen.Ticks;

        while (_count > 0 && at - _blinks[_first].At > TimeSpan.FromSeconds(WindowSeconds)) DropOldest();
    }

    /// <param name="duration">Of a complete blink at half amplitude; null for one whose duration does not count.</param>
    public void Add(TimeSpan at, TimeSpan? duration, bool isLong)
    {
        if (_count == MostBlinks) DropOldest();
        _blinks[(_first + _count++) % MostBlinks] = (at, duration is { } d ? Math.Log(d.TotalSeconds) : double.NaN, isLong);
    }

    public void Reset()
    {
        ResetSeen();
        (_count, _newest) = (0, long.MinValue);
    }

    private void ResetSeen()
    {
        Array.Clear(_seen);
        _seenTicks = 0;
    }

    private void DropOldest()
    {
        _first = (_first + 1) % MostBlinks;
        _count--;
    }
}
