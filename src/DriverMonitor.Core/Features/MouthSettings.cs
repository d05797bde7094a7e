using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Core.Features;

/// <summary>
/// What a yawn is. Engineering judgement; the opening from 200 in-car yawns (192 found, 11 of 138 others taken for one).
/// </summary>
public sealed record MouthSettings
{
    /// <summary>Gap over width from which a mouth may be yawning.</summary>
    [Range(0.2, 0.8)] public double WideOpen { get; init; } = 0.35;

    /// <summary>Share of the person's widest mouth that a yawn reaches, once it is known to be wide.</summary>
    [Range(0.3, 0.9)] public double OfWidest { get; init; } = 0.6;

    /// <summary>Shorter is speech.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:04")]
    public TimeSpan Shortest { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longer is singing, or a mask.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:00:20")]
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(10);
}
