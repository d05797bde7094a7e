using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace DriverMonitor.Core.Assessment;

/// <summary>What one cue may say: evidence from its value, times its weight.</summary>
public sealed record CueSettings
{
    /// <summary>Log-odds at full evidence and full quality.</summary>
    [Range(0.0, 10.0)] public double Weight { get; init; }

    /// <summary>A constant of the product, not of an installation: it is not in the settings file.</summary>
    [JsonIgnore] public EvidenceCurve Curve { get; init; } = new((0, 0));

    /// <summary>Unit of the value, for explanations; empty for z-scores and counts.</summary>
    [JsonIgnore] public string Unit { get; init; } = "";
}
