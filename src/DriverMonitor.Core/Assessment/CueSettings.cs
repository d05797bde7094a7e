using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Core.Assessment;

/// <summary>What one cue may say: evidence from its value, times its weight.</summary>
public sealed record CueSettings
{
    /// <summary>Log-odds at full evidence and full quality.</summary>
    [Range(0.0, 10.0)] public double Weight { get; init; }

    public EvidenceCurve Curve { get; init; } = new((0, 0));

    /// <summary>Unit of the value, for explanations; empty for z-scores and counts.</summary>
    public string Unit { get; init; } = "";
}
