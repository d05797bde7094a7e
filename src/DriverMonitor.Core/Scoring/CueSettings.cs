using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace DriverMonitor.Core.Scoring;

/// <summary>What one cue may say: evidence from its value, times its weight.</summary>
public sealed record CueSettings : IValidatableObject
{
    /// <summary>Log-odds at full evidence and full quality.</summary>
    [Range(0.0, 10.0)] public double Weight { get; init; }

    /// <summary>Evidence from the value, -1 to 1, as points that never fall: <c>"0 -0.4, 0.06 0, 0.2 1"</c>.</summary>
    public EvidenceCurve Curve { get; init; } = new((0, 0));

    /// <summary>Unit of the value, for explanations; empty for z-scores and counts.</summary>
    [JsonIgnore] public string Unit { get; init; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Curve.Least < -1 || Curve.Most > 1) yield return new("A cue's evidence lies between -1 and 1.", [nameof(Curve)]);
    }
}
