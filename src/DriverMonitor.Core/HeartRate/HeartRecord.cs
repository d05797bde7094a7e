namespace DriverMonitor.Core.HeartRate;

/// <summary>
/// A whole record's beats, kept for the summary at its end. Grows with the record: for replays, not for the road.
/// </summary>
public sealed class HeartRecord(HeartSettings settings)
{
    private readonly List<Beat> _beats = [];
    private BeatSeries? _series;
    private long _seen;
    private int _segments;
    private int _relaid;

    /// <summary>Copies what the series has gained; call it after every packet. Another series begins another segment.</summary>
    public void Follow(BeatSeries series)
    {
        if (series != _series) Begin(series);
        else if (series.Relaid != _relaid) Begin(series, series.Count > 0 ? series.Beats[0].At : null);
        int news = (int)Math.Min(series.Total - _seen, series.Count);
        foreach (var beat in series.Beats[^news..]) _beats.Add(beat with { Segment = beat.Segment + _segments });
        _seen = series.Total;
    }

    /// <param name="from">The line was laid anew from here on: what the record holds of it goes.</param>
    private void Begin(BeatSeries series, TimeSpan? from = null)
    {
        while (from is not null && _beats.Count > 0 && _beats[^1].At >= from) _beats.RemoveAt(_beats.Count - 1);
        (_series, _relaid, _seen) = (series, series.Relaid, 0);
        _segments = _beats.Count == 0 ? 0 : _beats[^1].Segment + 1;
    }

    /// <summary>The record as it came and as it was cleaned; null without beats.</summary>
    public HeartSummary? Summarise() => HeartSummary.Of(_beats.ToArray(), settings);
}
