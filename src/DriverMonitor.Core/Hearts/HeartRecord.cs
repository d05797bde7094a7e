namespace DriverMonitor.Core.Hearts;

/// <summary>A whole record's beats, kept for the summary at its end. Grows with the record: for replays, not for the road.</summary>
public sealed class HeartRecord(HeartSettings settings)
{
    private readonly List<Beat> _beats = [];
    private long _seen;

    /// <summary>Copies what the series has gained; call it after every packet.</summary>
    public void Follow(BeatSeries series)
    {
        int news = (int)Math.Min(series.Total - _seen, series.Count);
        _beats.AddRange(series.Beats[^news..]);
        _seen = series.Total;
    }

    /// <summary>The record as it came and as it was cleaned; null without beats.</summary>
    public HeartSummary? Summarise() => HeartSummary.Of(_beats.ToArray(), settings);
}
