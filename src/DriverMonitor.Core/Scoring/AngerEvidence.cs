using DriverMonitor.Core.Faces;

namespace DriverMonitor.Core.Scoring;

/// <summary>What one picture offers for the anger score.</summary>
/// <param name="Units">Movements above the person's usual; null when the face cannot be measured.</param>
/// <param name="AngryProbability">The expression model's; null in frames where it did not run.</param>
/// <param name="UsualAngryProbability">The person's median of it: a resting angry face is not anger.</param>
/// <param name="Speech">0 silent to 1 speaking: then the mouth says less.</param>
/// <param name="Glare">Sun in the face: then brows and lids say less.</param>
/// <param name="Quality">0..1, how well the face is seen.</param>
public readonly record struct AngerFace(
    ActionUnits? Units,
    double? AngryProbability = null,
    double UsualAngryProbability = 0.05,
    double Speech = 0,
    bool Glare = false,
    double Quality = 1);

/// <summary>
/// How angry a face looks, 0..1, by its parts, which sum up to <see cref="Face"/>. Several movements must come together;
/// a squint, speech and a smile are held against it.
/// </summary>
public readonly record struct AngerEvidence(double Brow, double Lid, double Lips, double Lower, double Classifier, double Quality)
{
    /// <summary>All parts together.</summary>
    public double Face => Brow + Lid + Lips + Lower + Classifier;

    /// <summary>Movements alone, before the classifier is asked.</summary>
    public static AngerEvidence OfMovements(AngerFaceSettings settings, in AngerFace face)
    {
        if (face.Units is not { } au) return default;
        double speech = Math.Clamp(face.Speech, 0, 1), mouth = 1 - settings.SpeechOverMouth * speech;
        double lid = Math.Max(au.LidRaising, au.LidTightening);
        double lower = Math.Max(au.ChinRaising, Math.Max(au.NoseWrinkling, au.UpperLipRaising));

        double guard = 1;
        if (au.BrowLowering < settings.BrowNeeded)
            guard *= settings.WithoutBrows;
        else if (au.LipPressing < settings.MouthNeeded && lower < settings.MouthNeeded)
            guard *= face.Glare ? settings.SquintInGlare : settings.Squint;
        if (au.Smiling >= settings.SmileFrom)
            guard *= settings.Smiling;
        return new(
            guard * settings.BrowWeight * au.BrowLowering,
            guard * settings.LidWeight * lid,
            guard * settings.LipWeight * mouth * au.LipPressing,
            guard * settings.LowerWeight * mouth * lower,
            0,
            face.Quality);
    }

    /// <summary>Movements and expression model, each with its share where both are known.</summary>
    public static AngerEvidence Of(AngerFaceSettings settings, in AngerFace face)
    {
        var moved = OfMovements(settings, in face);
        if (face.AngryProbability is not { } p || !double.IsFinite(p)) return moved;

        double above = (Clipped(p) - Clipped(face.UsualAngryProbability)) / settings.ExpressionFull;
        double seen = Math.Clamp(above, 0, 1) * (1 - settings.SpeechOverExpression * Math.Clamp(face.Speech, 0, 1));
        double seenShare = settings.ExpressionShare, rest = 1 - seenShare;
        return new(rest * moved.Brow, rest * moved.Lid, rest * moved.Lips, rest * moved.Lower, seenShare * seen, face.Quality);
    }

    private static double Clipped(double p) => LogOdds.Of(Math.Clamp(p, 0.001, 0.999));
}
