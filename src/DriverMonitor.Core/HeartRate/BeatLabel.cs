namespace DriverMonitor.Core.HeartRate;

/// <summary>What the artefact detector calls a beat.</summary>
public enum BeatLabel : byte
{
    Normal,

    /// <summary>Early, with a pause after it, or the reverse.</summary>
    Ectopic,

    /// <summary>A true beat was not sensed: about two intervals in one.</summary>
    Missed,

    /// <summary>A beat was sensed where none was: one interval cut in two.</summary>
    Extra,

    /// <summary>Far too long or short in a way that fits none of the others.</summary>
    LongOrShort,
}
