using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Faces;

/// <summary>
/// The head's turn: the rotation that lays the canonical face over the mesh with the least squared error
/// (Kabsch's problem, solved with Horn's quaternion, 1987).
/// </summary>
public static class HeadPoseFit
{
    private static readonly double[] Centred = Centre(CanonicalFace.Points);

    /// <summary>Rotation from the canonical face to the mesh, in the camera's axes (x right, y down, z away).</summary>
    public static Rotation Rotation(in FaceLandmarks face)
    {
        var indices = CanonicalFace.Indices;
        var middle = default(Point3);
        foreach (var i in indices) middle += face[i];
        middle *= 1.0 / indices.Length;

        Span<double> s = stackalloc double[9];
        for (var k = 0; k < indices.Length; k++)
        {
            var p = face[indices[k]] - middle;
            for (var row = 0; row < 3; row++)
            {
                var from = Centred[k * 3 + row];
                s[row * 3] += from * p.X;
                s[row * 3 + 1] += from * p.Y;
                s[row * 3 + 2] += from * p.Z;
            }
        }

        return HornAlignment.BestRotation(s);
    }

    /// <summary>Yaw and pitch from the fit; roll from the line between the eyes, which wobbles less.</summary>
    public static HeadPose Pose(in FaceLandmarks face, in Rotation r)
    {
        var eyes = face[FacePoints.RightEyeOuter] - face[FacePoints.LeftEyeOuter];
        return new(r.YawDegrees, r.PitchDegrees, double.RadiansToDegrees(Math.Atan2(eyes.Y, eyes.X)));
    }

    private static double[] Centre(ReadOnlySpan<double> points)
    {
        var centred = points.ToArray();
        for (var axis = 0; axis < 3; axis++)
        {
            var mean = 0.0;
            for (var i = axis; i < centred.Length; i += 3) mean += centred[i];
            mean /= centred.Length / 3;
            for (var i = axis; i < centred.Length; i += 3) centred[i] -= mean;
        }

        return centred;
    }
}
