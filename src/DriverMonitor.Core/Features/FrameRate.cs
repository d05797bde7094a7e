using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>
/// The rate that the pictures really have: one over the median interval of the last ten seconds, so that a single gap
/// or burst does not count. Decides which measures can be trusted.
/// </summary>
public sealed class FrameRate
{
    private const int Longest = 1024;
    private const int BinMs = 2;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly (TimeSpan At, int Bin)[] _recent = new (TimeSpan, int)[Longest];
    private readonly int[] _counts = new int[500];
    private int _first;
    private int _count;
    private TimeSpan? _last;
    private TimeSpan _median;
    private TimeSpan? _nextMedian;

    /// <summary>Frames per second, or null until a second of pictures has come.</summary>
    public double? PerSecond => _median > TimeSpan.Zero ? 1 / _median.TotalSeconds : null;

    public void Step(TimeSpan at)
    {
        if (_last is { } last) Add(at, CheckedTime.Between(last, at));
        _last = at;
        if (at < _nextMedian || _count == 0 || CheckedTime.Between(_recent[_first].At, at) < TimeSpan.FromSeconds(1)) return;
        _median = Median();
        _nextMedian = at + TimeSpan.FromSeconds(1);
    }

    public void Reset()
    {
        Array.Clear(_counts);
        (_count, _last, _nextMedian, _median) = (0, null, null, default);
    }

    private void Add(TimeSpan at, TimeSpan interval)
    {
        while (_count > 0 && (_count == Longest || CheckedTime.Between(_recent[_first].At, at) > Window))
        {
            _counts[_recent[_first].Bin]--;
            _first = (_first + 1) % Longest;
            _count--;
        }

        var bin = (int)Math.Clamp(interval.TotalMilliseconds / BinMs, 0, _counts.Length - 1);
        _recent[(_first + _count++) % Longest] = (at, bin);
        _counts[bin]++;
    }

    private TimeSpan Median()
    {
        var left = (_count + 1) / 2;
        var bin = 0;
        while ((left -= _counts[bin]) > 0) bin++;
        return TimeSpan.FromMilliseconds((bin + 0.5) * BinMs);
    }
}
