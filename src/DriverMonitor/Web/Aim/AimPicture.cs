using DriverMonitor.Camera;
using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Signals;
using DriverMonitor.Vision;

namespace DriverMonitor.Web.Aim;

/// <summary>One small grey upright picture, and what the networks saw in it; filled again and again.</summary>
internal sealed class AimPicture
{
    private const int LongestSide = 480;

    public int Width { get; private set; }
    public int Height { get; private set; }

    /// <summary>Brightness, a byte a pixel, row by row.</summary>
    public byte[] Luma { get; private set; } = [];

    /// <summary>The mesh's points as x, y in pixels of this picture; empty without a face.</summary>
    public int[] Points { get; private set; } = [];

    public FaceReading Face { get; private set; }

    /// <summary>As measured last; null before the first time.</summary>
    public PictureQuality? Quality { get; private set; }

    public void Fill(Frame frame, PictureOrientation orientation, FaceMesh mesh, in FaceReading face, PictureQuality? quality)
    {
        var (width, height) = orientation.SwapsSides ? (frame.Height, frame.Width) : (frame.Width, frame.Height);
        var scale = Math.Max(1.0, Math.Max(width, height) / (double)LongestSide);
        (Width, Height) = ((int)(width / scale), (int)(height / scale));
        if (Luma.Length != Width * Height) Luma = new byte[Width * Height];
        Shrink(frame, orientation.ToSource(frame.Width, frame.Height), scale);
        (Face, Quality) = (face, quality);
        Points = face.Sight == Sight.Driver ? Outline(mesh.Landmarks, scale) : [];
    }

    private unsafe void Shrink(Frame frame, in Affine toSource, double scale)
    {
        var (bytes, green) = frame.Layout switch { PixelLayout.Bgr24 => (3, 1), PixelLayout.Rgba32 => (4, 1), _ => (1, 0) };
        var pixels = (byte*)frame.Pixels;
        for (int y = 0, at = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++, at++)
            {
                var (sx, sy) = toSource.Map((x + 0.5) * scale, (y + 0.5) * scale);
                var row = Math.Clamp((int)sy, 0, frame.Height - 1);
                var column = Math.Clamp((int)sx, 0, frame.Width - 1);
                // Green is most of a colour's brightness, and enough to aim by.
                Luma[at] = pixels[row * frame.Stride + column * bytes + green];
            }
        }
    }

    private static int[] Outline(FaceLandmarks mesh, double scale)
    {
        var points = new int[FaceLandmarks.Count * 2];
        for (var i = 0; i < FaceLandmarks.Count; i++)
            (points[i * 2], points[i * 2 + 1]) = ((int)(mesh[i].X / scale), (int)(mesh[i].Y / scale));
        return points;
    }
}
