using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>What the face says about drowsiness now, each value with how far it can be believed.</summary>
/// <param name="Perclos60">Share of the last minute's valid time with 80 % of the eye covered.</param>
/// <param name="Perclos180">The same over three minutes.</param>
/// <param name="MeanLogBlinkDuration">Mean natural logarithm of blink durations in seconds, over three minutes.</param>
/// <param name="LongBlinksPerMinute">Blinks and closures of 0.4 s and more.</param>
/// <param name="BlinksPerMinute">All of them.</param>
/// <param name="Yawns10">Yawns in ten minutes; one behind a hand counts half.</param>
/// <param name="Nods5">Drowsy nods in five minutes.</param>
/// <param name="HoursOnTask">Driving since the last break of fifteen minutes.</param>
public readonly record struct Drowsiness(
    Cue Perclos60,
    Cue Perclos180,
    Cue MeanLogBlinkDuration,
    Cue LongBlinksPerMinute,
    Cue BlinksPerMinute,
    Cue Yawns10,
    Cue Nods5,
    Cue HoursOnTask)
{
    /// <summary>The face's share of the fatigue cues, blinks against the person's own.</summary>
    public FatigueCues Against(PersonalBaseline logBlinkDuration, PersonalBaseline blinkRate)
    {
        var rateZ = blinkRate.Z(BlinksPerMinute);
        return new()
        {
            [FatigueCue.Perclos180] = Perclos180,
            [FatigueCue.Perclos60] = Perclos60,
            [FatigueCue.BlinkDurationZ] = logBlinkDuration.Z(MeanLogBlinkDuration),
            [FatigueCue.LongBlinksPerMinute] = LongBlinksPerMinute,
            [FatigueCue.BlinkRateAbsZ] = rateZ with { Value = rateZ.Value is { } z ? Math.Abs(z) : null },
            [FatigueCue.Yawns10] = Yawns10,
            [FatigueCue.Nods5] = Nods5,
            [FatigueCue.TimeOnTaskHours] = HoursOnTask,
        };
    }
}
