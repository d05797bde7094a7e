using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Faces;

/// <summary>
/// Where the eyes point: the head's turn plus the eyes' turn inside it. The iris is taken as a mark on a ball whose
/// middle lies behind the middle of the eye; both are measured on the head held straight, so a turned head does not
/// shorten the eye.
/// </summary>
/// <remarks>Good for "on the road or off it", not for what is looked at: expect 5 to 8 degrees of error.</remarks>
public static class GazeEstimate
{
    /// <summary>Radius of the eyeball over the lid opening's width: 12 mm over 30 mm (adult means).</summary>
    private const double BallRadius = 0.4;

    /// <summary>An eye this narrow (EAR) shows too little iris to point anywhere.</summary>
    private const double NarrowestEye = 0.12;

    public static Gaze? Of(in FaceLandmarks face, in Rotation head, in EyeReading left, in EyeReading right)
    {
        var weightLeft = Weight(left);
        var weightRight = Weight(right);
        var weight = weightLeft + weightRight;
        if (weight <= 0) return null;

        var (leftYaw, leftPitch) = Turn(face, head, FacePoints.LeftEyeOuter, FacePoints.LeftEyeInner, FacePoints.LeftIris);
        var (rightYaw, rightPitch) = Turn(face, head, FacePoints.RightEyeInner, FacePoints.RightEyeOuter, FacePoints.RightIris);

        return new(
            head.YawDegrees + (weightLeft * leftYaw + weightRight * rightYaw) / weight,
            head.PitchDegrees + (weightLeft * leftPitch + weightRight * rightPitch) / weight,
            Math.Min(1, weight));
    }

    private static double Weight(in EyeReading eye) =>
        eye.AspectRatio is { } ratio ? eye.Visibility * Math.Clamp((ratio - NarrowestEye) / NarrowestEye, 0, 1) : 0;

    private static (double Yaw, double Pitch) Turn(
        in FaceLandmarks face, in Rotation head, int pictureLeft, int pictureRight, int iris)
    {
        var from = head.Undo(face[pictureLeft]);
        var to = head.Undo(face[pictureRight]);
        var mark = head.Undo(face[iris]);
        var width = (to - from).FlatLength;
        if (width <= 0) return default;

        // The line between the corners is the eye's own horizon: its slant is anatomy and not a gaze.
        var (ux, uy) = ((to.X - from.X) / width, (to.Y - from.Y) / width);
        var (dx, dy) = (mark.X - (from.X + to.X) / 2, mark.Y - (from.Y + to.Y) / 2);
        var along = (dx * ux + dy * uy) / (width * BallRadius);
        var below = (dy * ux - dx * uy) / (width * BallRadius);

        return (-Degrees(along), -Degrees(below));
    }

    private static double Degrees(double sine) => double.RadiansToDegrees(Math.Asin(Math.Clamp(sine, -0.9, 0.9)));
}
