using System.Collections.Immutable;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Baselines;

/// <summary>
/// All that is kept of one driver between drives: middles and spreads, never a series, a picture, or a name. Every part may
/// be missing.
/// </summary>
public sealed record DriverProfile
{
    /// <summary>Open apertures of the eyes on the picture's left and right; may rise at once and fall only slowly.</summary>
    public double? LeftEyeOpen { get; init; }

    public double? RightEyeOpen { get; init; }

    /// <summary>The one eye that sees, for a driver with one: the other's lids say nothing. Set by hand.</summary>
    public SeeingEye SeeingEye { get; init; }

    /// <summary>A pacemaker, a beta blocker: this heart's rhythm says nothing about its driver. Set by hand.</summary>
    public bool HeartSaysNothing { get; init; }

    public BaselineProfile? LnBlinkDuration { get; init; }
    public BaselineProfile? BlinkRate { get; init; }
    public BaselineProfile? HeadMotion { get; init; }
    public BaselineProfile? GazeSpread { get; init; }
    public BaselineProfile? RoadCentre { get; init; }
    public BaselineProfile? AngryLook { get; init; }
    public HeartProfile? Heart { get; init; }
    public BaselineProfile? SkinConductance { get; init; }
    public BaselineProfile? SkinResponses { get; init; }
    public VoiceProfile? Voice { get; init; }

    /// <summary>The face at rest.</summary>
    public FaceShape? Neutral { get; init; }

    /// <summary>Aggregates of earlier shifts, oldest first; for the driver to see, for nobody to rank.</summary>
    public ImmutableArray<ShiftRecord> Shifts { get; init; } = [];

    /// <summary>What is known of the eyes.</summary>
    public KnownEyes Eyes() => new(LeftEyeOpen, RightEyeOpen, SeeingEye);

    /// <summary>Whether every number in it can be one: a file may say anything.</summary>
    public bool IsSound() =>
        IsAperture(LeftEyeOpen) && IsAperture(RightEyeOpen) && Enum.IsDefined(SeeingEye)
        && Array.TrueForAll(
            [
                LnBlinkDuration,
                BlinkRate,
                HeadMotion,
                GazeSpread,
                RoadCentre,
                AngryLook,
                SkinConductance,
                SkinResponses,
                Heart?.HeartRate,
                Heart?.LnRmssd,
                Heart?.SqrtStressIndex,
                Voice?.Pitch,
                Voice?.PitchSpread,
                Voice?.SyllableRate,
                Voice?.PauseShare,
                Voice?.Level,
                Voice?.Tilt,
            ],
            norm =>
                norm
                    is null
                        or {
                            Median: > -1e6 and < 1e6,
                            Spread: >= 0 and < 1e6,
                            ValidMinutes: >= 0 and < 1e9,
                            Trips: >= 0 and < 1_000_000_000
                        }
        )
        && Neutral?.IsSound() != false
        && !Shifts.IsDefault
        && Shifts.All(shift =>
            shift is not null
            && shift.Fatigue.IsSound()
            && shift.Stress.IsSound()
            && shift.Anger.IsSound()
            && shift.Distraction.IsSound());

    private static bool IsAperture(double? open) => open is null or (> 0 and < 2);

    /// <summary>How the fatigue of the last shifts compares with those before; null without any.</summary>
    public ShiftTrend? FatigueTrend() =>
        ShiftTrend.Of([.. Shifts.Where(shift => shift.Fatigue.Median is not null).Select(shift => shift.Fatigue.Median!.Value)]);
}

/// <summary>What is kept of one shift.</summary>
/// <param name="Day">Where the clock could be trusted.</param>
public sealed record ShiftRecord(
    DateOnly? Day, ShiftFigures Fatigue, ShiftFigures Stress, ShiftFigures Anger, ShiftFigures Distraction);
