namespace DriverMonitor.Core.Features;

/// <summary>
/// PERCLOS: the share of valid time in which lids covered 80 % of the eye and more, and EYEMEAS, the mean square of the
/// closure. One bucket a second, so that a window of minutes costs the same at any frame rate.
/// </summary>
public sealed class PerclosWindow
{

    private readonly Bucket[] _buckets;
    private readonly double _seconds;
    private readonly double _leastSeen;
    private readonly double _coveredFrom;
    private long _newest = long.MinValue;
    private long _valid;
    private long _covered;

    /// <param name="seconds">Its length.</param>
    /// <param name="settings">What counts as covered, and how much must be seen.</param>
    public PerclosWindow(int seconds, EyeSettings settings)
    {
        (_seconds, _leastSeen, _coveredFrom) = (seconds, settings.PerclosLeastSeen, 1 - settings.ShutBelow);
        _buckets = new Bucket[seconds];
    }

    /// <summary>Share of valid time with the eyes covered, over the time seen so far however little it is.</summary>
    public double? CoveredOfSeen => _valid > 0 ? (double)_covered / _valid : null;

    /// <summary>The same, or null when too little of the window was seen.</summary>
    public double? Value => ValidShare >= _leastSeen ? CoveredOfSeen : null;

    /// <summary>EYEMEAS, 0..100, over the time seen.</summary>
    public double? MeanSquare => _valid > 0 ? 100 * Squares() / _valid : null;

    /// <summary>How much of the window was seen, 0..1.</summary>
    public double ValidShare => _valid / (_seconds * TimeSpan.TicksPerSecond);

    /// <summary>Moves the window on.</summary>
    public void Step(TimeSpan at)
    {
        var second = at.Ticks / TimeSpan.TicksPerSecond;
        if (_newest == long.MinValue || second - _newest >= _buckets.Length) Empty();
        else
            for (var s = _newest + 1; s <= second; s++) Drop(ref _buckets[s % _buckets.Length]);
        _newest = Math.Max(_newest, second);
    }

    /// <summary>Counts a picture with this closure that spoke from <paramref name="at"/> on.</summary>
    public void Add(TimeSpan at, TimeSpan lasting, double closure)
    {
        var second = at.Ticks / TimeSpan.TicksPerSecond;
        if (second > _newest) Step(at);
        if (_newest - second >= _buckets.Length) return;
        ref var bucket = ref _buckets[second % _buckets.Length];
        bucket.Valid += lasting.Ticks;
        _valid += lasting.Ticks;
        bucket.Square += closure * closure * lasting.Ticks;
        if (closure < _coveredFrom - 1e-9) return;
        bucket.Covered += lasting.Ticks;
        _covered += lasting.Ticks;
    }

    public void Reset()
    {
        Empty();
        _newest = long.MinValue;
    }

    // Ticks are whole numbers and their running sums exact; squares are not, and are summed when asked for.
    private double Squares()
    {
        double sum = 0;
        foreach (ref readonly var bucket in _buckets.AsSpan()) sum += bucket.Square;
        return sum;
    }

    private void Drop(ref Bucket bucket)
    {
        _valid -= bucket.Valid;
        _covered -= bucket.Covered;
        bucket = default;
    }

    private void Empty()
    {
        Array.Clear(_buckets);
        (_valid, _covered) = (0, 0);
    }

    private record struct Bucket
    {
        public long Covered;
        public long Valid;
        public double Square;
    }
}
