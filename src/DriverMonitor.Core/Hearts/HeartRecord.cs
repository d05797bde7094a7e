namespace DriverMonitor.Core.Hearts;

/// <summary>A whole record's beats, kept for the summary at its end. Grows with the record: for replays, not for the road.</summary>
public sealed class HeartRecord(HeartSettings settings)
{
    private readonly List<Beat> _beats = [];
    private BeatSeries? _series;
    private long _seen;
    private int _segments;

    /// <summary>Copies what the series has gained; call it after every packet. Another series begins another segment.</summary>
    public void Follow(BeatSeries series)
    {
        if (series != _series) (_series, _seen, _segments) = (series, 0, _beats.Count == 0 ? 0 : _beats[^1].Segment + 1);
        int news = (int)Math.Min(series.Total - _seen, series.Count);
        foreach (var beat in series.Beats[^news..]) _beats.Add(beat with { Segment = beat.Segment + _segments });
        _seen = series.Total;
    }

    /// <summary>The record as it came and as it was cleaned; null without beats.</summary>
    public HeartSummary? Summarise() => HeartSummary.Of(_beats.ToArray(), settings);
}
