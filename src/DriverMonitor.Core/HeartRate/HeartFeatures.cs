using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.HeartRate;

/// <summary>Where the rate comes from; only true intervals allow variability.</summary>
public enum HeartSource { None, Rate, Intervals }

/// <summary>Why variability cannot be used just now.</summary>
public enum HeartReason
{
    None,

    /// <summary>No packet yet, or the link is lost.</summary>
    NoLink,

    StrapOff,

    /// <summary>The sensor sends a rate but no intervals.</summary>
    RateOnly,

    /// <summary>The same rate for too long: an optical sensor that lost the pulse.</summary>
    Frozen,

    /// <summary>Less than 30 s of beats.</summary>
    TooShort,

    /// <summary>Too few neighbouring beats.</summary>
    FewBeats,

    /// <summary>Too many beats missing or rejected.</summary>
    TooManyGaps,

    /// <summary>Rejected beats have become the rule while contact is good; nothing medical is meant or said.</summary>
    IrregularRhythm,
}

/// <summary>What is known of the heart at one second. Null where it cannot be said; trust is 0..1.</summary>
public readonly record struct HeartFeatures
{
    /// <summary>Beats per minute over the last 30 s.</summary>
    public double? BeatsPerMinute { get; init; }

    /// <summary>1, or little for a rate that looks frozen.</summary>
    public double RateTrust { get; init; }

    public HeartSource Source { get; init; }

    /// <summary>Of the window named by <see cref="WindowSeconds"/>; see <see cref="Usable"/> before scoring it.</summary>
    public double? RmssdMs { get; init; }

    public double RmssdTrust { get; init; }

    public double? SdnnMs { get; init; }
    public double SdnnTrust { get; init; }

    /// <summary>Percent; for reports.</summary>
    public double? Pnn50 { get; init; }

    public double? SqrtStressIndex { get; init; }
    public double StressIndexTrust { get; init; }

    /// <summary>Rate and RMSSD of the last two minutes, for the slow drift of sleepiness; null unless full and clean.</summary>
    public double? BeatsPerMinute120 { get; init; }

    public double? Rmssd120Ms { get; init; }

    /// <summary>60, or 30 while only that much is clean, or less at the start.</summary>
    public int WindowSeconds { get; init; }

    /// <summary>True if RMSSD may be scored.</summary>
    public bool Usable { get; init; }

    /// <summary>Why not.</summary>
    public HeartReason Reason { get; init; }

    public double MissingShare { get; init; }
    public double RejectedShare { get; init; }
    public StrapContact Contact { get; init; }

    /// <summary>Since the last packet; null before the first.</summary>
    public TimeSpan? Silence { get; init; }

    /// <summary>Energy expended, kilojoules per minute, where the sensor counts it.</summary>
    public double? KilojoulesPerMinute { get; init; }

    /// <summary>Natural logarithm, the form that is compared with the person's own; null unless usable.</summary>
    public double? LnRmssd => Usable && RmssdMs is > 0 ? Math.Log(RmssdMs.Value) : null;

    /// <summary>The same over two minutes.</summary>
    public double? LnRmssd120 => Rmssd120Ms is > 0 ? Math.Log(Rmssd120Ms.Value) : null;
}
