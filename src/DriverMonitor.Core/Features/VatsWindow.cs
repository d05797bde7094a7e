namespace DriverMonitor.Core.Features;

/// <summary>
/// Time off the road in the last half minute, over many glances (Euro NCAP, visual attention time sharing): each of
/// them may be short. Two seconds on the road forget them all.
/// </summary>
public sealed class VatsWindow
{
    private const long Bucket = TimeSpan.TicksPerSecond / 10;

    private readonly long[] _away;
    private readonly TimeSpan _window;
    private readonly TimeSpan _reset;
    private BucketRing _ring;
    private long _sum;
    private TimeSpan _onRoad;

    public VatsWindow(RoadSettings settings)
    {
        _away = new long[settings.SharingWindow.Ticks / Bucket];
        _ring = new(_away.Length);
        (_window, _reset) = (settings.SharingWindow, settings.SharingReset);
    }

    /// <summary>Time off the road in the window, since the last reset.</summary>
    public TimeSpan Away => new(_sum);

    /// <summary>Counts the stretch that ends at <paramref name="at"/>; unknown stretches count as neither.</summary>
    /// <param name="lasting">Longer than the window counts as the window, less than nothing as nothing.</param>
    public void Step(TimeSpan at, TimeSpan lasting, bool? onRoad)
    {
        MoveTo(WholeUnits.Of(at, Bucket));
        if (lasting < TimeSpan.Zero) lasting = TimeSpan.Zero;
        if (lasting > _window) lasting = _window;
        if (onRoad is not false)
        {
            _onRoad = onRoad is true ? _onRoad + lasting : TimeSpan.Zero;
            if (_onRoad < _reset) return;
            _onRoad = _reset;
            Empty();
            return;
        }

        _onRoad = TimeSpan.Zero;
        _away[_ring.Newest] += lasting.Ticks;
        _sum += lasting.Ticks;
    }

    public void Reset()
    {
        Empty();
        _ring.Reset();
        _onRoad = TimeSpan.Zero;
    }

    private void MoveTo(long bucket)
    {
        var emptied = _ring.MoveTo(bucket);
        for (var i = 0; i < emptied; i++)
        {
            ref var away = ref _away[_ring.Before(i)];
            _sum -= away;
            away = 0;
        }
    }

    private void Empty()
    {
        if (_sum == 0) return;
        Array.Clear(_away);
        _sum = 0;
    }
}
