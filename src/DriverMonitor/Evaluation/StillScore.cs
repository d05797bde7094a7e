using DriverMonitor.Core.Evaluation;
using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Evaluation;

/// <summary>
/// What one picture says of a class. The product judges eyes against the person's own over time; of a single picture a
/// typical eye is
/// all there is, so these figures are a floor.
/// </summary>
internal static class StillScore
{
    /// <summary>Null where it was not seen.</summary>
    public static (double? Score, bool? IsFound) Of(LabelClass shown, in FaceReading face, in FrameMeasures measures)
    {
        if (face.Sight != Sight.Driver) return (null, null);
        return shown switch
        {
            LabelClass.Closure => At(measures.Closure, 0.5),
            LabelClass.Yawn => At(face.MouthOpen, MouthAspect.WideOpen),
            LabelClass.LookAway => At(face.Head is { } head ? Math.Max(Math.Abs(head.YawDegrees), -head.PitchDegrees) : null, 23),
            LabelClass.Angry => At(face.Expression?.Angry, 0.5),
            _ => (null, null),
        };
    }

    private static (double?, bool?) At(double? score, double threshold) => (score, score is { } value
        ? value >= threshold : null);
}
