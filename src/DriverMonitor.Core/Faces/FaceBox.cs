using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Faces;

/// <summary>The upright box round a face.</summary>
internal static class FaceBox
{
    /// <summary>The mesh without the irises, which lie inside it.</summary>
    private const int OutlinePoints = 468;

    /// <param name="face">In pixels of the upright picture.</param>
    /// <param name="width">Of that picture.</param>
    /// <param name="height">Of that picture.</param>
    public static FacePlace Place(in FaceLandmarks face, double width, double height)
    {
        double left = double.MaxValue, right = double.MinValue, top = double.MaxValue, bottom = double.MinValue;
        for (var i = 0; i < OutlinePoints; i++)
        {
            var p = face[i];
            (left, right) = (Math.Min(left, p.X), Math.Max(right, p.X));
            (top, bottom) = (Math.Min(top, p.Y), Math.Max(bottom, p.Y));
        }

        var inside = Covered(left, right, width) * Covered(top, bottom, height);
        var eyes = (face[FacePoints.RightEyeOuter] - face[FacePoints.LeftEyeOuter]).FlatLength;
        return new((left + right) / 2 / width, (top + bottom) / 2 / height, inside, eyes);
    }

    private static double Covered(double from, double to, double side) =>
        to > from ? Math.Clamp((Math.Min(to, side) - Math.Max(from, 0)) / (to - from), 0, 1) : 0;
}
