using DriverMonitor.Camera;
using DriverMonitor.Core.Faces;

namespace DriverMonitor.Vision;

/// <summary>A turned square of the upright picture, in pixels: what a model gets to see.</summary>
internal readonly record struct CropArea(double CentreX, double CentreY, double Side, double AngleRadians)
{
    /// <summary>From the crop's pixels (side <paramref name="size"/>) to the upright picture.</summary>
    public Affine FromCrop(int size)
    {
        var k = Side / size;
        var (sin, cos) = Math.SinCos(AngleRadians);
        var (c, s) = (cos * k, sin * k);
        return new(c, -s, CentreX - (c - s) * size / 2, s, c, CentreY - (s + c) * size / 2);
    }

    /// <summary>The same square, stretched over an input that is none.</summary>
    public Affine FromCrop(int width, int height)
    {
        var (kx, ky) = (Side / width, Side / height);
        var (sin, cos) = Math.SinCos(AngleRadians);
        return new(
            cos * kx, -sin * ky, CentreX - (cos - sin) * Side / 2, sin * kx, cos * ky, CentreY - (sin + cos) * Side / 2);
    }

    /// <summary>Room for the mesh: 1.5 times the face, turned so that the eyes are level.</summary>
    private const double MeshMargin = 1.5;

    /// <summary>Of the face's own box in a crop for the mesh, in square pixels.</summary>
    public double FaceArea => Side * Side / (MeshMargin * MeshMargin);

    /// <summary>Room for the expression model: 1.15 times the face, upright.</summary>
    private const double ExpressionMargin = 1.15;

    /// <summary>Of a crop for the mesh: the longer side of the face in it.</summary>
    public double FaceSide => Side / MeshMargin;

    public static CropArea ForMesh(in DetectedFace face) => new(
        face.CentreX, face.CentreY, Math.Max(face.Width, face.Height) * MeshMargin,
        Math.Atan2(face.RightEyeY - face.LeftEyeY, face.RightEyeX - face.LeftEyeX));

    /// <summary>The next frame's crop, round this frame's landmarks.</summary>
    public static CropArea ForMesh(in FaceLandmarks face)
    {
        var eyes = face[263] - face[33];
        var angle = Math.Atan2(eyes.Y, eyes.X);
        var (sin, cos) = Math.SinCos(angle);
        double left = double.MaxValue, right = double.MinValue, top = double.MaxValue, bottom = double.MinValue;
        for (var i = 0; i < 468; i++)
        {
            var p = face[i];
            var (x, y) = (p.X * cos + p.Y * sin, p.Y * cos - p.X * sin);
            (left, right) = (Math.Min(left, x), Math.Max(right, x));
            (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y));
        }

        var (cx, cy) = ((left + right) / 2, (top + bottom) / 2);
        return new(cx * cos - cy * sin, cx * sin + cy * cos, Math.Max(right - left, bottom - top) * MeshMargin, angle);
    }

    public static CropArea ForExpression(in FaceLandmarks face)
    {
        double left = double.MaxValue, right = double.MinValue, top = double.MaxValue, bottom = double.MinValue;
        for (var i = 0; i < 468; i++)
        {
            var p = face[i];
            (left, right) = (Math.Min(left, p.X), Math.Max(right, p.X));
            (top, bottom) = (Math.Min(top, p.Y), Math.Max(bottom, p.Y));
        }

        return new((left + right) / 2, (top + bottom) / 2, Math.Max(right - left, bottom - top) * ExpressionMargin, 0);
    }
}
