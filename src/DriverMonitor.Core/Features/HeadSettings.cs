using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Core.Features;

/// <summary>What a drowsy nod is. Engineering judgement.</summary>
public sealed record HeadSettings
{
    /// <summary>How far the head falls, in degrees below its neutral pitch.</summary>
    [Range(5.0, 45.0)] public double NodFall { get; init; } = 15;

    /// <summary>Slower is no fall.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:00:03")]
    public TimeSpan NodFallWithin { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Quicker is thrown and not let go: a sneeze, or a bump in the road.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:00.5")]
    public TimeSpan NodShortestFall { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>Shorter down is a jolt of the road.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:01")]
    public TimeSpan NodShortestDown { get; init; } = TimeSpan.FromSeconds(0.3);

    /// <summary>Longer down is looking down.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:05")]
    public TimeSpan NodLongestDown { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Share of the fall that is made good when the driver catches himself.</summary>
    [Range(0.3, 1.0)] public double NodRebound { get; init; } = 0.6;

    /// <summary>Coming up later, counted from the lowest point, is no start out of sleep.</summary>
    [Range(typeof(TimeSpan), "00:00:00.3", "00:00:03")]
    public TimeSpan NodReboundWithin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Closure seen within a second of the nod; without it the driver says yes.</summary>
    [Range(0.3, 1.0)] public double NodClosure { get; init; } = 0.6;
}
