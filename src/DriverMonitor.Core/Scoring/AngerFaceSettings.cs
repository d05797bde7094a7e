using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Core.Scoring;

/// <summary>
/// How angry a face looks: which movements say so, and what is held against them. Engineering judgement around the prototype of
/// the facial action coding system (AU4 with 5 or 7, and 23 or 24); movements are 0..1 above the person's own.
/// </summary>
public sealed record AngerFaceSettings : IValidatableObject
{
    /// <summary>Say of lowered brows; the four weights are at most 1 together.</summary>
    [Range(0.0, 1.0)] public double BrowWeight { get; init; } = 0.35;

    /// <summary>Say of raised or tightened lids.</summary>
    [Range(0.0, 1.0)] public double LidWeight { get; init; } = 0.15;

    /// <summary>Say of pressed lips.</summary>
    [Range(0.0, 1.0)] public double LipWeight { get; init; } = 0.35;

    /// <summary>Say of the lower face: chin, nose, upper lip.</summary>
    [Range(0.0, 1.0)] public double LowerWeight { get; init; } = 0.15;

    /// <summary>Brows lowered by less than this are no frown.</summary>
    [Range(0.0, 1.0)] public double BrowNeeded { get; init; } = 0.25;

    /// <summary>Share that is left of the rest where there is no frown.</summary>
    [Range(0.0, 1.0)] public double WithoutBrows { get; init; } = 0.4;

    /// <summary>Brows and lids without lips and lower face of this much are a squint.</summary>
    [Range(0.0, 1.0)] public double MouthNeeded { get; init; } = 0.2;

    /// <summary>Share that is left of a squint.</summary>
    [Range(0.0, 1.0)] public double Squint { get; init; } = 0.6;

    /// <summary>Share that is left of a squint in the sun.</summary>
    [Range(0.0, 1.0)] public double SquintInGlare { get; init; } = 0.35;

    /// <summary>A smile of this much is a laugh or a song.</summary>
    [Range(0.0, 1.0)] public double SmileFrom { get; init; } = 0.4;

    /// <summary>Share that is left during a smile.</summary>
    [Range(0.0, 1.0)] public double Smiling { get; init; } = 0.3;

    /// <summary>Share that full speech takes from the mouth's movements.</summary>
    [Range(0.0, 1.0)] public double SpeechOverMouth { get; init; } = 0.6;

    /// <summary>Share that full speech takes from the expression model.</summary>
    [Range(0.0, 1.0)] public double SpeechOverExpression { get; init; } = 0.4;

    /// <summary>Share of the expression model where it speaks; the movements have the rest.</summary>
    [Range(0.0, 1.0)] public double ExpressionShare { get; init; } = 0.5;

    /// <summary>Log-odds above the person's usual that the expression model calls fully angry.</summary>
    [Range(0.5, 10.0)] public double ExpressionFull { get; init; } = 4;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!(BrowWeight + LidWeight + LipWeight + LowerWeight <= 1 + 1e-9))
            yield return new("The four weights of the face are more than 1 together.");
    }
}
