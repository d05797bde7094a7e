using SkiaSharp;

namespace DriverMonitor.Camera;

/// <summary>
/// How the drawn driver differs from the portrait: probes for what a face's skin, lids, glasses, beard and age do to the
/// measurements. Drawn, and no substitute for people.
/// </summary>
/// <param name="SkinReflectance">Light that the skin throws back, as a share of the portrait's.</param>
/// <param name="LidAperture">Gap of the open lids, as a share of the portrait's.</param>
/// <param name="Light">Of the whole picture, as a share of the portrait's.</param>
internal sealed record PortraitLook(
    double SkinReflectance = 1,
    double LidAperture = 1,
    double Light = 1,
    bool HasGlasses = false,
    bool HasBeard = false,
    bool HasWrinkles = false)
{
    // Points of the mesh: jaw from ear to ear below the mouth's corners, lips, lines of an older face.
    private static readonly int[] Jaw = [132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361];
    private static readonly int[] UnderNose = [323, 426, 327, 2, 98, 206, 93];
    private static readonly int[] Lips = [61, 40, 37, 0, 267, 270, 291, 321, 314, 17, 84, 91];
    private static readonly int[][] Lines =
    [
        [54, 104, 69, 108, 151, 337, 299, 333, 284], [68, 63, 105, 66, 9, 296, 334, 293, 298], [203, 206, 216, 212],
            [423, 426, 436, 432],
        [33, 35, 143], [263, 265, 372], [130, 226, 35], [359, 446, 265], [101, 50, 123], [330, 280, 352],
    ];

    private static readonly (int Inner, int Outer)[] Eyes = [(133, 33), (362, 263)];

    /// <summary>The pose with lids that open less, or more, than the portrait's.</summary>
    public PortraitPose Narrow(in PortraitPose pose)
    {
        var rest = 1 - LidAperture;
        return pose with { EyesShut = rest + (1 - rest) * pose.EyesShut };
    }

    /// <summary>What belongs to the skin and moves with it.</summary>
    public void PaintSkin(SKBitmap picture, SKPoint[] points)
    {
        if (SkinReflectance != 1 || Light != 1) Relight(picture);
        using var canvas = new SKCanvas(picture);
        if (HasBeard) PaintBeard(canvas, points);
        if (HasWrinkles) PaintWrinkles(canvas, points);
    }

    /// <summary>What sits on the face.</summary>
    public void DrawOver(SKCanvas canvas, SKPoint[] points)
    {
        if (!HasGlasses) return;
        using var rim = new SKPaint { Color = new(20, 20, 24), IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 4 };
        using var lens = new SKPaint { Color = new(210, 225, 235, 36), IsAntialias = true };
        foreach (var (inner, outer) in Eyes)
        {
            var (middleX, middleY) = ((points[inner].X + points[outer].X) / 2, (points[inner].Y + points[outer].Y) / 2);
            var width = Math.Abs(points[outer].X - points[inner].X);
            var frame = new SKRect(middleX - 0.95f * width, middleY - 0.6f * width, middleX + 0.95f * width,
                middleY + 0.75f * width);
            canvas.DrawRoundRect(frame, 0.3f * width, 0.3f * width, lens);
            canvas.DrawRoundRect(frame, 0.3f * width, 0.3f * width, rim);
        }

        canvas.DrawLine(points[Eyes[0].Inner], points[Eyes[1].Inner], rim);
    }

    /// <summary>Darkens or brightens what has the colour of skin (Chai and Ngan 1999: Cb 77..127, Cr 133..173).</summary>
    private void Relight(SKBitmap picture)
    {
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var c = picture.GetPixel(x, y);
                var cb = 128 - 0.169 * c.Red - 0.331 * c.Green + 0.5 * c.Blue;
                var cr = 128 + 0.5 * c.Red - 0.419 * c.Green - 0.081 * c.Blue;
                var share = Light * (cb is >= 77 and <= 127 && cr is >= 133 and <= 173 ? SkinReflectance : 1);
                picture.SetPixel(x, y, new(Scaled(c.Red, share), Scaled(c.Green, share), Scaled(c.Blue, share)));
            }
        }
    }

    /// <summary>Reflectance is linear in light, pixels are not (gamma 2.2).</summary>
    private static byte Scaled(byte value, double share) =>
        (byte)Math.Clamp(Math.Round(255 * Math.Pow(Math.Pow(value / 255.0, 2.2) * share, 1 / 2.2)), 0, 255);

    private static void PaintBeard(SKCanvas canvas, SKPoint[] points)
    {
        using var area = Closed([.. Jaw, .. UnderNose], points);
        using var lips = Closed(Lips, points);
        using var hair = new SKPaint
        {
            Color = new(34, 26, 22, 215), IsAntialias = true, MaskFilter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 3),
        };
        canvas.Save();
        canvas.ClipPath(lips, SKClipOperation.Difference, antialias: true);
        canvas.DrawPath(area, hair);
        canvas.Restore();
    }

    private static void PaintWrinkles(SKCanvas canvas, SKPoint[] points)
    {
        using var line = new SKPaint
        {
            Color = new(60, 36, 28, 130), IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 2,
        };
        foreach (var one in Lines)
        {
            using var path = new SKPath();
            path.MoveTo(points[one[0]]);
            foreach (var point in one[1..]) path.LineTo(points[point]);
            canvas.DrawPath(path, line);
        }
    }

    private static SKPath Closed(int[] outline, SKPoint[] points)
    {
        var path = new SKPath();
        path.MoveTo(points[outline[0]]);
        foreach (var point in outline[1..]) path.LineTo(points[point]);
        path.Close();
        return path;
    }
}
