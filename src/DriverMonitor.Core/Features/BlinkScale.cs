namespace DriverMonitor.Core.Features;

/// <summary>
/// One eye's openness by the blendshape of a blink, relative to the person: an open eye scores 0.02 to 0.3, from one face
/// to the next, and shutting it adds 0.4 to 0.6.
/// </summary>
public sealed class BlinkScale
{
    // Web faces and clips: median of open eyes, and what surely shut ones add to it at least.
    private const double Typical = 0.15, Span = 0.45;

    /// <summary>Higher scores may come from lids that droop: they teach nothing of an open eye.</summary>
    private const double SurelyOpen = 0.4;

    private const double EnoughToStart = 0.3;

    private readonly DecayingHistogram _scores = new(0, 1, 100, TimeSpan.FromMinutes(5));
    private double _learnedSeconds;
    private double _open = Typical;
    private TimeSpan _unread;

    /// <summary>0 shut, 1 open, up to 1.2 for eyes torn open.</summary>
    public double Openness(double score) => Math.Clamp(1 - (score - _open) / Span, 0, 1.2);

    /// <summary>Learns from an eye that is open and seen straight on.</summary>
    public void Learn(double score, TimeSpan lasting)
    {
        if (score > SurelyOpen) return;
        _scores.Add(score, lasting);
        _learnedSeconds += lasting.TotalSeconds;
        _unread += lasting;
        if (_learnedSeconds < EnoughToStart || _unread < TimeSpan.FromSeconds(Math.Min(0.5, _learnedSeconds / 10))) return;
        _open = _scores.Quantile(0.5);
        _unread = TimeSpan.Zero;
    }
}
