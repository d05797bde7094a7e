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
    private BucketRing _ring;
    private long _valid;
    private long _covered;

    /// <param name="seconds">Its length.</param>
    /// <param name="settings">What counts as covered, and how much must be seen.</param>
    public PerclosWindow(int seconds, EyeSettings settings)
    {
        (_seconds, _leastSeen, _coveredFrom) = (seconds, settings.PerclosLeastSeen, 1 - settings.ShutBelow);
        _buckets = new Bucket[seconds];
        _ring = new(seconds);
    }

    /// <summary>Share of valid time with the eyes covered, over the time seen so far however little it is.</summary>
    public double? CoveredOfSeen => _valid > 0 ? (double)_covered / _valid : null;

    /// <summary>The same, or null when too little of the window was seen.</summary>
    public double? Value => ValidShare >= _leastSeen ? CoveredOfSeen : null;

    /// <summary>EYEMEAS, 0..100, over the time seen.</summary>
    public double? MeanSquare => _valid > 0 ? 100 * Squares() / _valid : null;

    /// <summary>How much of the window was seen, 0..1.</summary>
    public double ValidShare => Math.Min(1, _valid / (_seconds * TimeSpan.TicksPerSecond));

    /// <summary>Moves the window on.</summary>
    public void Step(TimeSpan at)
    {
        var emptied = _ring.MoveTo(WholeUnits.Second(at));
        for (var i = 0; i < emptied; i++) Drop(ref _buckets[_ring.Before(i)]);
    }

    /// <summary>Counts a picture that spoke from <paramref name="at"/> on.</summary>
    /// <param name="lasting">Longer than the window counts as the window.</param>
    /// <param name="closure">Of the eyes, 0..1; a number that is none counts as not seen.</param>
    public void Add(TimeSpan at, TimeSpan lasting, double closure)
    {
        if (lasting <= TimeSpan.Zero || !double.IsFinite(closure)) return;
        var second = WholeUnits.Second(at);
        if (!_ring.Reaches(second)) Step(at);
        if (_ring.Find(second) is not { } place) return;
        var ticks = Math.Min(lasting.Ticks, _buckets.Length * TimeSpan.TicksPerSecond);
        ref var bucket = ref _buckets[place];
        bucket.Valid += ticks;
        _valid += ticks;
        bucket.Square += closure * closure * ticks;
        if (closure < _coveredFrom - 1e-9) return;
        bucket.Covered += ticks;
        _covered += ticks;
    }

    public void Reset()
    {
        Array.Clear(_buckets);
        (_valid, _covered) = (0, 0);
        _ring.Reset();
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

    private record struct Bucket
    {
        public long Covered;
        public long Valid;
        public double Square;
    }
}
