namespace DriverMonitor.Core.Signals;

/// <summary>Why something cannot be said, or not well; shown to the driver as a limit of the judgement.</summary>
public enum MissingReason
{
    None,
    NotMeasured,
    NoFace,
    EyesNotVisible,
    EyeSignalTooSmall,
    PoseUncertain,
    LowFrameRate,
    TooFewBlinks,
    WindowTooShort,
    NoStrap,
    NoSkinSensor,
    RateOnly,
    HeartNotClean,
    IrregularRhythm,
    ClockUntrusted,
    SleepUnknown,
    NoBaseline,
    Stale,

    /// <summary>The heart beats faster for a reason that is not the mind: moving, climbing in, speaking.</summary>
    ArousalNotAttributable,
    NoConsent,

    /// <summary>Judged as fast.</summary>
    SpeedUnknown,

    /// <summary>The vehicle stands, and nobody is judged.</summary>
    Parked,

    /// <summary>People talk in the cabin: pulse, face and gaze answer to that as well.</summary>
    Conversation,
}
