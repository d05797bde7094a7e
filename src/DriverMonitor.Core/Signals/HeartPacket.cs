using System.Collections.Immutable;

namespace DriverMonitor.Core.Signals;

/// <summary>Whether the strap feels skin (Heart Rate Measurement flags, bits 1 and 2).</summary>
public enum StrapContact { NotSupported, NotDetected, Detected }

/// <summary>One notification of a heart-rate sensor, decoded and not yet trusted.</summary>
/// <param name="DeviceId">Address or name: a change of it starts a new beat series.</param>
/// <param name="BeatsPerMinute">The sensor's own smoothed figure, or null.</param>
/// <param name="Contact">Skin contact as the sensor reports it; some sensors lie.</param>
/// <param name="RrMs">Beat-to-beat intervals in milliseconds, oldest first; may be empty.</param>
/// <param name="EnergyKilojoules">Cumulative energy expended, where sent.</param>
/// <param name="Malformed">The bytes broke the format; nothing else in the packet counts.</param>
/// <param name="Flaws">What was odd about an otherwise readable packet; for counters and the log.</param>
public readonly record struct HeartPacket(
    string DeviceId,
    int? BeatsPerMinute,
    StrapContact Contact,
    ImmutableArray<double> RrMs,
    int? EnergyKilojoules = null,
    bool Malformed = false,
    HeartFlaws Flaws = HeartFlaws.None);

/// <summary>Oddities of a packet that can still be used in part.</summary>
[Flags]
public enum HeartFlaws
{
    None = 0,

    /// <summary>Half an interval at the end; the whole ones before it count.</summary>
    TrailingByte = 1,

    /// <summary>A rate no driver has; taken as unknown.</summary>
    RateOutOfRange = 2,

    /// <summary>The sensor itself says 0.</summary>
    NoPulse = 4,

    /// <summary>The sensor feels no skin; rate and intervals are discarded.</summary>
    StrapOff = 8,

    /// <summary>The first one after the link was broken: beats may be missing before it.</summary>
    AfterBreak = 16,
}
