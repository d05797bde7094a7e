using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Core.Scoring;

/// <summary>
/// The stress score, which is bodily arousal against the person's own normal and nothing more. Weights are engineering
/// judgement; skin conductance weighs most because it followed drivers' stress best (Healey and Picard 2005).
/// </summary>
public sealed record StressSettings
{
    /// <summary>Bodily arousal is judged where the driver wears a strap; the profile may forbid it.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Share of driving time that is so when nothing else is known. Judgement.</summary>
    [Range(0.01, 0.5)] public double BaseRate { get; init; } = 0.12;

    /// <summary>Log-odds per unit of arousal.</summary>
    [Range(0.1, 5.0)] public double Gain { get; init; } = 1.2;

    /// <summary>Arousal per z of the heart rate, where intervals are known.</summary>
    [Range(0.0, 3.0)] public double HeartRateWeight { get; init; } = 0.55;

    /// <summary>Arousal per z of ln RMSSD; subtracted, because variability falls with arousal.</summary>
    [Range(0.0, 3.0)] public double LnRmssdWeight { get; init; } = 0.45;

    /// <summary>Arousal per z of the square root of Baevsky's stress index.</summary>
    [Range(0.0, 3.0)] public double SqrtStressIndexWeight { get; init; } = 0.15;

    /// <summary>Arousal per z of skin conductance.</summary>
    [Range(0.0, 3.0)] public double SkinConductanceWeight { get; init; } = 0.8;

    /// <summary>Arousal per z of the rate, where only a rate is known.</summary>
    [Range(0.0, 3.0)] public double RateOnlyWeight { get; init; } = 0.8;

    /// <summary>Highest score from a rate alone.</summary>
    [Range(0.1, 1.0)] public double RateOnlyCap { get; init; } = 0.70;

    /// <summary>Log-odds of a fully stressed face.</summary>
    [Range(0.0, 3.0)] public double FaceWeight { get; init; } = 1.0;

    /// <summary>Least a face may say, log-odds.</summary>
    [Range(-3.0, 0.0)] public double FaceLeast { get; init; } = -0.3;

    /// <summary>Most a face may say, log-odds.</summary>
    [Range(0.0, 3.0)] public double FaceMost { get; init; } = 1.0;

    /// <summary>
    /// Log-odds of a fully raised voice; never more than pulse, skin and face say together: it confirms and never decides.
    /// </summary>
    [Range(0.0, 3.0)] public double VoiceWeight { get; init; } = 0.6;

    /// <summary>Time constant of a rising score.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")] public TimeSpan Rise { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Time constant of a falling score.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")] public TimeSpan Fall { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>After setting off, so long the body still answers to climbing in and loading.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:30:00")]
    public TimeSpan ExertionAfterStart { get; init; } = TimeSpan.FromSeconds(180);

    /// <summary>Energy expended that means work and not worry, kJ a minute.</summary>
    [Range(1.0, 100.0)] public double ExertionKilojoulesPerMinute { get; init; } = 12;

    /// <summary>
    /// Most confidence with intervals and skin conductance. Lab accuracy of a strap does not survive daily life (Martinez 2022).
    /// </summary>
    [Range(0.0, 1.0)] public double IntervalsAndSkinConfidence { get; init; } = 1.0;

    /// <summary>Most confidence with intervals alone.</summary>
    [Range(0.0, 1.0)] public double IntervalsConfidence { get; init; } = 0.8;

    /// <summary>Most confidence with a heart rate alone.</summary>
    [Range(0.0, 1.0)] public double RateOnlyConfidence { get; init; } = 0.4;

    /// <summary>Most confidence with a face alone.</summary>
    [Range(0.0, 1.0)] public double FaceOnlyConfidence { get; init; } = 0.25;

    /// <summary>Shown as the first level.</summary>
    public LevelSettings Elevated { get; init; } = new() { Enter = 0.50, Leave = 0.40, Dwell = TimeSpan.FromSeconds(30) };

    /// <summary>Shown as the second.</summary>
    public LevelSettings High { get; init; } = new() { Enter = 0.70, Leave = 0.60, Dwell = TimeSpan.FromSeconds(30) };
}
