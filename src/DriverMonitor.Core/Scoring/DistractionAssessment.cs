using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>How the look-away timers stand at one moment, each 0..1 of its limit.</summary>
/// <param name="BufferSpent">Of the two seconds of attention.</param>
/// <param name="Glance">The glance under way over the longest one allowed at this speed.</param>
/// <param name="Sharing">Time off the road in half a minute over the most allowed.</param>
/// <param name="IsKnown">Where the driver looks is known now, or held.</param>
/// <param name="IsParked">Nobody is told where to look in a vehicle that stands.</param>
/// <param name="Phone">Time with a phone in the hand over the most allowed; 0 also where nobody looks for one.</param>
public readonly record struct AttentionTimers(
    double BufferSpent, double Glance, double Sharing, bool IsKnown, bool IsParked, double Phone = 0);

/// <summary>
/// The driver's distraction, straight from the timers: L = logit(base) + q (w1 buffer + w2 glance + w3 sharing + w4 phone), P =
/// 1/(1 + e^-L).
/// No smoothing: it is as quick as the eyes are. Once nobody can say where the driver looks, q halves every five seconds.
/// </summary>
public sealed class DistractionAssessment(DistractionSettings settings)
{
    private readonly double _base = LogOdds.Of(settings.BaseRate);
    private TimeSpan? _knownAt;

    /// <summary>Why the last score is what it is.</summary>
    public Explanation Why { get; } = new();

    /// <summary>The bare formula, fully believed.</summary>
    public double P(in AttentionTimers timers) => LogOdds.ToProbability(_base + Said(in timers));

    /// <summary>Judges one second.</summary>
    /// <param name="at">Time since the start.</param>
    /// <param name="timers">The timers now.</param>
    /// <param name="calibration">How well the person's road is known, 0..1.</param>
    public StateScore Step(TimeSpan at, in AttentionTimers timers, double calibration)
    {
        Why.Begin(_base);
        if (timers.IsKnown) _knownAt = at;
        var belief = timers.IsParked ? 0 : Cue.Of(0).Aged(at - _knownAt ?? TimeSpan.MaxValue, HalfLives.Eye).Belief;
        if (belief == 0)
        {
            var reason = timers.IsParked ? MissingReason.Parked : MissingReason.NoFace;
            Why.UpdateMissing("eyes_off_road", reason);
            return new(
                settings.BaseRate,
                0,
                Math.Min(settings.BaseRate, P(default)),
                LogOdds.ToProbability(_base + Most),
                StateLevel.Unknown,
                reason);
        }

        Add("attention_buffer", timers.BufferSpent, settings.BufferWeight, belief);
        Add("eyes_off_road", timers.Glance, settings.GlanceWeight, belief);
        Add("eyes_off_road_30s", timers.Sharing, settings.SharingWeight, belief);
        Add("phone", timers.Phone, settings.PhoneWeight, belief);
        Why.Settle();

        double said = belief * Said(in timers),
            doubt = 0.5 * (1 - belief);
        var level =
            timers.Glance >= 1 || timers.Sharing >= 1 || timers.Phone >= 1 ? StateLevel.Warn
            : timers.BufferSpent >= 1 ? StateLevel.Watch
            : StateLevel.None;
        return new(
            LogOdds.ToProbability(_base + said),
            belief * calibration,
            LogOdds.ToProbability(_base + said - doubt * said),
            LogOdds.ToProbability(_base + said + doubt * Math.Max(0, Most - said)),
            level);
    }

    private double Most => settings.BufferWeight + settings.GlanceWeight + settings.SharingWeight;

    private double Said(in AttentionTimers timers) =>
        settings.BufferWeight * timers.BufferSpent
        + settings.GlanceWeight * timers.Glance
        + settings.SharingWeight * timers.Sharing
        + settings.PhoneWeight * timers.Phone;

    private void Add(string cue, double share, double weight, double belief)
    {
        if (share > 0) Why.Add(new(cue, share, "of limit", null, share, weight, belief, weight * belief * share));
    }
}
