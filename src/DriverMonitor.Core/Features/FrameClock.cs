namespace DriverMonitor.Core.Features;

/// <summary>What a picture's time says about the picture.</summary>
public enum FrameTiming { OnTime, Duplicate, OutOfOrder, Interrupted }

/// <summary>Judges the times of pictures: late ones and repeats are dropped and counted.</summary>
public sealed class FrameClock(FrameSettings settings)
{
    private TimeSpan? _last;

    /// <summary>Pictures dropped because they bore the time of the one before.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Pictures dropped because they were older than the one before.</summary>
    public long OutOfOrder { get; private set; }

    /// <summary>The last picture that counted.</summary>
    public TimeSpan? Last => _last;

    public FrameTiming Step(TimeSpan at)
    {
        if (_last == at)
        {
            Duplicates++;
            return FrameTiming.Duplicate;
        }

        if (_last > at)
        {
            OutOfOrder++;
            return FrameTiming.OutOfOrder;
        }

        var interrupted = at - _last > settings.Interruption;
        _last = at;
        return interrupted ? FrameTiming.Interrupted : FrameTiming.OnTime;
    }

    /// <summary>After a jump of the clock no earlier picture compares with a later one.</summary>
    public void Reset() => _last = null;
}
