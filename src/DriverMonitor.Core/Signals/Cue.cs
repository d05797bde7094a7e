namespace DriverMonitor.Core.Signals;

/// <summary>
/// One measured thing that speaks for or against a state. Missing is not zero: a missing cue says nothing at all.
/// </summary>
/// <param name="Value">In the cue's own unit; null when missing.</param>
/// <param name="Quality">0..1: how far the value can be believed.</param>
/// <param name="Reason">Why it is missing or doubtful; for the driver and the log.</param>
public readonly record struct Cue(double? Value, double Quality, MissingReason Reason)
{
    /// <summary>A cue whose quality fell below this says nothing any more. Engineering judgement.</summary>
    public const double LeastQuality = 0.1;

    /// <summary>A value that is believed as far as <paramref name="quality"/>.</summary>
    public static Cue Of(double? value, double quality = 1) =>
        value is { } v && double.IsFinite(v)
            ? new(v, Math.Clamp(double.IsFinite(quality) ? quality : 0, 0, 1), MissingReason.None)
            : Missing(MissingReason.NotMeasured);

    public static Cue Missing(MissingReason reason) => new(null, 0, reason);

    /// <summary>True when there is a number and some belief in it.</summary>
    public bool IsPresent => Value is { } v && double.IsFinite(v) && Quality > 0;

    /// <summary>The belief that enters a formula: 0 for a missing cue, whatever else is set.</summary>
    public double Belief => IsPresent ? Math.Min(Quality, 1) : 0;

    /// <summary>The same cue some time later: belief halves every <paramref name="halfLife"/> and ends below a tenth.</summary>
    public Cue Aged(TimeSpan age, TimeSpan halfLife)
    {
        if (!IsPresent || age <= TimeSpan.Zero) return this;
        double quality = Belief * Math.Pow(2, -age / halfLife);
        return quality < LeastQuality ? Missing(MissingReason.Stale) : this with { Quality = quality };
    }
}
