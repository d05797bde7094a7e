namespace DriverMonitor.Core.Features;

/// <summary>
/// Time off the road in the last half minute, over many glances (Euro NCAP, visual attention time sharing): each of
/// them may be short. Two seconds on the road forget them all.
/// </summary>
public sealed class VatsWindow
{
    private const long Bucket = TimeSpan.TicksPerSecond / 10;

    private readonly long[] _away;
    private readonly TimeSpan _reset;
    private long _newest;
    private long _sum;
    private TimeSpan _onRoad;

    public VatsWindow(RoadSettings settings)
    {
        _away = new long[settings.SharingWindow.Ticks / Bucket];
        _reset = settings.SharingReset;
    }

    /// <summary>Time off the road in the window, since the last reset.</summary>
    public TimeSpan Away => new(_sum);

    /// <summary>Counts the stretch that ends at <paramref name="at"/>; unknown stretches count as neither.</summary>
    public void Step(TimeSpan at, TimeSpan lasting, bool? onRoad)
    {
        MoveTo(at.Ticks / Bucket);
        if (onRoad is not false)
        {
            _onRoad = onRoad is true ? _onRoad + lasting : TimeSpan.Zero;
            if (_onRoad >= _reset) Empty();
            return;
        }

        _onRoad = TimeSpan.Zero;
        _away[_newest % _away.Length] += lasting.Ticks;
        _sum += lasting.Ticks;
    }

    public void Reset()
    {
        Empty();
        (_newest, _onRoad) = (0, TimeSpan.Zero);
    }

    private void MoveTo(long bucket)
    {
        if (bucket - _newest >= _away.Length) Empty();
        else
        {
            for (var b = _newest + 1; b <= bucket; b++)
            {
                _sum -= _away[b % _away.Length];
                _away[b % _away.Length] = 0;
            }
        }

        _newest = Math.Max(_newest, bucket);
    }

    private void Empty()
    {
        if (_sum == 0) return;
        Array.Clear(_away);
        _sum = 0;
    }
}
