using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Events;

/// <summary>Names of kinds on the wire and in files. Written out, so that renaming a member breaks no reader.</summary>
public static class EventNames
{
    public static string KindOf(MonitorEvent happened) => happened switch
    {
        MonitorEvent.Eyelids e => Of(e.Kind),
        MonitorEvent.Yawn => "yawn",
        MonitorEvent.Nod => "nod",
        MonitorEvent.LookAway => "look_away",
        MonitorEvent.Alert => "alert",
        MonitorEvent.Dispute => "disputed",
        MonitorEvent.HeartTotal => "heart_summary",
        MonitorEvent.Status => "status",
        _ => throw new ArgumentOutOfRangeException(nameof(happened), $"{happened.GetType().Name} has no name yet."),
    };

    public static string Of(ClosureKind kind) => kind switch
    {
        ClosureKind.Blink => "blink",
        ClosureKind.LongBlink => "long_blink",
        ClosureKind.Microsleep => "microsleep",
        ClosureKind.Sleep => "sleep",
        ClosureKind.Unresponsive => "unresponsive",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Of(AlertPhase phase) => phase switch
    {
        AlertPhase.Raised => "raised",
        AlertPhase.Escalated => "escalated",
        AlertPhase.Cleared => "cleared",
        _ => throw new ArgumentOutOfRangeException(nameof(phase)),
    };

    /// <summary>Null where nothing is wrong.</summary>
    public static string? Of(HeartReason reason) => reason switch
    {
        HeartReason.None => null,
        HeartReason.NoLink => "no_link",
        HeartReason.StrapOff => "strap_off",
        HeartReason.RateOnly => "rate_only",
        HeartReason.Frozen => "frozen",
        HeartReason.TooShort => "too_short",
        HeartReason.FewBeats => "few_beats",
        HeartReason.TooManyGaps => "too_many_gaps",
        HeartReason.IrregularRhythm => "irregular_rhythm",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    /// <summary>Null where one name is not enough or none is needed.</summary>
    public static string? Of(MixedState mixed) => mixed switch
    {
        MixedState.None => null,
        MixedState.Agitated => "agitated",
        MixedState.StrainedAndTired => "strained_and_tired",
        _ => throw new ArgumentOutOfRangeException(nameof(mixed)),
    };

    /// <summary>Why something could not be taken into account.</summary>
    public static string Of(MissingReason reason) => reason switch
    {
        MissingReason.None => "none",
        MissingReason.NotMeasured => "not_measured",
        MissingReason.NoFace => "no_face",
        MissingReason.EyesNotVisible => "eyes_not_visible",
        MissingReason.EyeSignalTooSmall => "eye_signal_too_small",
        MissingReason.PoseUncertain => "pose_uncertain",
        MissingReason.LowFrameRate => "low_frame_rate",
        MissingReason.TooFewBlinks => "too_few_blinks",
        MissingReason.WindowTooShort => "window_too_short",
        MissingReason.NoStrap => "no_strap",
        MissingReason.NoSkinSensor => "no_skin_sensor",
        MissingReason.RateOnly => "rate_only",
        MissingReason.HeartNotClean => "heart_not_clean",
        MissingReason.IrregularRhythm => "irregular_rhythm",
        MissingReason.ClockUntrusted => "clock_untrusted",
        MissingReason.SleepUnknown => "sleep_unknown",
        MissingReason.NoBaseline => "no_baseline",
        MissingReason.Stale => "stale",
        MissingReason.ArousalNotAttributable => "arousal_not_attributable",
        MissingReason.NoConsent => "no_consent",
        MissingReason.SpeedUnknown => "speed_unknown",
        MissingReason.Parked => "parked",
        MissingReason.Conversation => "conversation",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    public static string Of(StatusKind kind) => StatusFacts.Of(kind).Name;
}
