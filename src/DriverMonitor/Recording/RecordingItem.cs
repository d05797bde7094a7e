using DriverMonitor.Core;

namespace DriverMonitor.Recording;

/// <summary>What a recording holds, one after the other.</summary>
internal abstract record RecordingItem
{
    /// <summary>One observation, as it was judged.</summary>
    public sealed record Seen(Observation Observation) : RecordingItem;

    /// <summary>So many observations are missing here.</summary>
    public sealed record Gap(GapReason Why, long Observations) : RecordingItem;

    /// <summary>What the drive said since the last check or gap.</summary>
    public sealed record Check(EventCheck Said) : RecordingItem;

    /// <summary>Bytes that do not hold together: a block in the middle, or the end that the power cut off.</summary>
    public sealed record Damage(long Bytes, bool IsTail) : RecordingItem;
}
