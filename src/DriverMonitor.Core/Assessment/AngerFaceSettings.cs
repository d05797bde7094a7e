using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Core.Assessment;

/// <summary>
/// How angry a face looks: which movements say so, and what is held against them. Engineering judgement around the prototype of
/// the facial action coding system (AU4 with 5 or 7, and 23 or 24); movements are 0..1 above the person's own.
/// </summary>
public sealed record AngerFaceSettings : IValidatableObject
{
    /// <summary>Say of the brows, the lids, the lips and the lower face; together 1.</summary>
    [Range(0.0, 1.0)] public double BrowWeight { get; init; } = 0.35;

    [Range(0.0, 1.0)] public double LidWeight { get; init; } = 0.15;
    [Range(0.0, 1.0)] public double LipWeight { get; init; } = 0.35;
    [Range(0.0, 1.0)] public double LowerWeight { get; init; } = 0.15;

    /// <summary>Brows lowered by less than this: what is left of the rest.</summary>
    [Range(0.0, 1.0)] public double BrowNeeded { get; init; } = 0.25;

    [Range(0.0, 1.0)] public double WithoutBrows { get; init; } = 0.4;

    /// <summary>Brows and lids without lips and lower face of this much are a squint: what is left of it, and in the sun.</summary>
    [Range(0.0, 1.0)] public double MouthNeeded { get; init; } = 0.2;

    [Range(0.0, 1.0)] public double Squint { get; init; } = 0.6;
    [Range(0.0, 1.0)] public double SquintInGlare { get; init; } = 0.35;

    /// <summary>A smile of this much is a laugh or a song: what is left then.</summary>
    [Range(0.0, 1.0)] public double SmileFrom { get; init; } = 0.4;

    [Range(0.0, 1.0)] public double Smiling { get; init; } = 0.3;

    /// <summary>What full speech takes from the mouth's movements, and from the expression model.</summary>
    [Range(0.0, 1.0)] public double SpeechOverMouth { get; init; } = 0.6;

    [Range(0.0, 1.0)] public double SpeechOverExpression { get; init; } = 0.4;

    /// <summary>Share of the expression model where it speaks; the movements have the rest.</summary>
    [Range(0.0, 1.0)] public double ExpressionShare { get; init; } = 0.5;

    /// <summary>Log-odds above the person's usual that the expression model calls fully angry.</summary>
    [Range(0.5, 10.0)] public double ExpressionFull { get; init; } = 4;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!(BrowWeight + LidWeight + LipWeight + LowerWeight <= 1 + 1e-9)) yield return new("The four weights of the face are more than 1 together.");
    }
}
