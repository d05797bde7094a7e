namespace DriverMonitor.Core.HeartRate;

/// <summary>The sensor's own rate over the last half minute, and whether it still moves.</summary>
internal sealed class RateHistory(TimeSpan window)
{
    private readonly (TimeSpan At, int Bpm)[] _ring = new (TimeSpan, int)[128];
    private int _next, _count;
    private int? _current;
    private TimeSpan _unchangedSince;

    public void Add(TimeSpan at, int? bpm)
    {
        if (bpm != _current) _unchangedSince = at;
        _current = bpm;
        AddLate(at, bpm);
    }

    /// <summary>A rate of earlier: it belongs to the mean of its time and says nothing about now.</summary>
    public void AddLate(TimeSpan at, int? bpm)
    {
        if (bpm is not { } rate) return;
        _ring[_next] = (at, rate);
        _next = (_next + 1) % _ring.Length;
        _count = Math.Min(_count + 1, _ring.Length);
    }

    public bool IsUnchangedFor(TimeSpan at, TimeSpan limit) => _current is not null && at - _unchangedSince > limit;

    public double? Mean(TimeSpan at)
    {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < _count; i++)
        {
            if (_ring[i].At <= at - window || _ring[i].At > at) continue;
            sum += _ring[i].Bpm;
            count++;
        }

        return count > 0 ? sum / count : null;
    }
}
