using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>What speaks about arousal; z-scores are against the person's own normal.</summary>
public readonly record struct StressCues
{
    /// <summary>Rate over 30 s.</summary>
    public Cue HeartRateZ { get; init; }

    /// <summary>ln RMSSD over 60 s; absent when only a rate is known.</summary>
    public Cue LnRmssdZ { get; init; }

    /// <summary>Square root of the stress index over 60 s.</summary>
    public Cue SqrtStressIndexZ { get; init; }

    /// <summary>Skin conductance, where a sensor gives it.</summary>
    public Cue SkinConductanceZ { get; init; }

    /// <summary>0..1, see <see cref="FaceStress"/>.</summary>
    public Cue Face { get; init; }

    /// <summary>A raised voice, 0..1; default where there is no microphone.</summary>
    public Cue Voice { get; init; }

    /// <summary>The heart's cues, joined with the face's and the skin's.</summary>
    public static StressCues Of(HeartBaseline heart, in HeartFeatures now, Cue face, Cue skinConductanceZ = default) => new()
    {
        HeartRateZ = heart.HeartRateZ(in now),
        LnRmssdZ = heart.LnRmssdZ(in now),
        SqrtStressIndexZ = heart.SqrtStressIndexZ(in now),
        SkinConductanceZ = skinConductanceZ,
        Face = face,
    };
}

/// <summary>What the score rests on.</summary>
public enum StressTier { None, FaceOnly, RateOnly, Intervals, IntervalsAndSkin }

/// <summary>The face's small say: blinks, frown, pressed lips and restlessness against the person's own.</summary>
public static class FaceStress
{
    /// <param name="blinkRateZ">Against the person's own rate.</param>
    /// <param name="browLowering">Rise over the person's median, 0..1; as the next.</param>
    /// <param name="lipPressing">The larger of tightening and pressing.</param>
    /// <param name="headMotionZ">Against the person's own.</param>
    public static double Of(double blinkRateZ, double browLowering, double lipPressing, double headMotionZ) =>
        Math.Clamp(
            0.35 * blinkRateZ / 2 + 0.35 * Math.Max(0, browLowering) + 0.15 * Math.Max(0, lipPressing) + 0.15 * headMotionZ / 2,
            0,
            1);
}
