using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Faces;

/// <summary>
/// How far an eye can be believed, 0..1. A turned head hides the far eye behind the nose, and the mesh then invents its
/// lids: an aspect ratio of 0.04 was measured where the eye was open at 0.34.
/// </summary>
public static class EyeVisibility
{
    // Engineering judgement on in-car stills: the far eye is good to 20 degrees and gone at 45; the near one lasts longer.
    private const double FarFull = 20, FarGone = 45, NearFull = 45, NearGone = 75, PitchFull = 35, PitchGone = 60;

    /// <param name="turnTowardsEye">The head's yaw towards the eye's own side of the picture: positive hides the eye.</param>
    /// <param name="pitchDegrees">Head pitch; far down or up hides both eyes.</param>
    public static double Of(double turnTowardsEye, double pitchDegrees)
    {
        var yaw = turnTowardsEye >= 0
            ? Fade(turnTowardsEye, FarFull, FarGone)
            : Fade(-turnTowardsEye, NearFull, NearGone);
        return yaw * Fade(Math.Abs(pitchDegrees), PitchFull, PitchGone);
    }

    /// <summary>The picture's left eye: yaw to the driver's right turns it away.</summary>
    public static double Left(in HeadPose head) => Of(head.YawDegrees, head.PitchDegrees);

    public static double Right(in HeadPose head) => Of(-head.YawDegrees, head.PitchDegrees);

    private static double Fade(double x, double full, double gone) => Math.Clamp((gone - x) / (gone - full), 0, 1);
}
