using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Vision;

/// <summary>Where a face is in the upright picture, in pixels: what hands are measured from.</summary>
/// <param name="EyesX">The middle of the four corners of the eyes.</param>
/// <param name="EyesY">Of the same.</param>
/// <param name="Size">The longer side of the mesh.</param>
/// <param name="AngleRadians">Of the line through the eyes.</param>
internal readonly record struct FaceFrame(double EyesX, double EyesY, double Size, double AngleRadians)
{
    public static FaceFrame Of(in FaceLandmarks face)
    {
        var eyes = (face[33] + face[133] + face[362] + face[263]) * 0.25;
        var crop = CropArea.ForMesh(face);
        return new(eyes.X, eyes.Y, crop.FaceSide, crop.AngleRadians);
    }

    /// <summary>A palm of this place and width, in pixels of the picture, as the core reads it.</summary>
    public HandReading Measure(double score, double x, double y, double width)
    {
        var (aside, below) = Place(x, y);
        return new(score, aside, below, width / Size);
    }

    /// <summary>Whether a place in the picture lies before brow, nose or mouth, and not beside them or on the chin.</summary>
    public bool IsBeforeFace(double x, double y) =>
        Place(x, y) is (> -FaceHalf and < FaceHalf, > AboveBrow and < BelowMouth);

    private (double Aside, double Below) Place(double x, double y)
    {
        var (sin, cos) = Math.SinCos(AngleRadians);
        var (dx, dy) = ((x - EyesX) / Size, (y - EyesY) / Size);
        return (dx * cos + dy * sin, dy * cos - dx * sin);
    }

    /// <summary>
    /// The square that shows head, arms and lap: five faces wide, its middle 1.8 faces below the eyes, the way up that the face
    /// is.
    /// </summary>
    public CropArea Torso(double width, double height) => Square(aside: 0, BelowEyes, TorsoFaces, width, height);

    /// <summary>
    /// A square beside or below the face, the way up that the face is, all in faces. It is moved into the picture as far as that
    /// goes, and what still lies outside is black.
    /// </summary>
    public CropArea Square(double aside, double below, double faces, double width, double height)
    {
        var upright = Math.Round(AngleRadians / (Math.PI / 2)) * (Math.PI / 2);
        var side = Math.Min(faces * Size, Math.Max(width, height));
        var (sin, cos) = Math.SinCos(upright);
        var (x, y) = (EyesX + (cos * aside - sin * below) * Size, EyesY + (sin * aside + cos * below) * Size);
        return new(Inside(x, side, width), Inside(y, side, height), side, upright);
    }

    /// <summary>An upright square round the face, as the head is held.</summary>
    public CropArea Face() => new(EyesX, EyesY, FaceFaces * Size, Math.Round(AngleRadians / (Math.PI / 2)) * (Math.PI / 2));

    private const double FaceFaces = 1.5, TorsoFaces = 5, BelowEyes = 1.8;

    // Of a mesh that is one long, from the middle of the eyes.
    private const double FaceHalf = 0.4, AboveBrow = -0.5, BelowMouth = 0.75;

    private static double Inside(double centre, double side, double length) =>
        side >= length ? length / 2 : Math.Clamp(centre, side / 2, length - side / 2);
}
