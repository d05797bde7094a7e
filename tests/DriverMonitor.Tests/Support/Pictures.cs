using DriverMonitor.Camera;
using SkiaSharp;

namespace DriverMonitor.Tests.Support;

/// <summary>Pictures from files as frames, in any layout a camera may deliver.</summary>
internal static class Pictures
{
    public static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Vision", "Golden", name);

    public static unsafe Frame Load(string path, PixelLayout layout = PixelLayout.Rgba32)
    {
        using var bitmap = SKBitmap.Decode(path) ?? throw new FileNotFoundException(path);
        var frame = new Frame(bitmap.Width, bitmap.Height, layout);
        var to = (byte*)frame.Pixels;
        for (var y = 0; y < bitmap.Height; y++)
            for (var x = 0; x < bitmap.Width; x++)
                Put(frame, to, x, y, bitmap.GetPixel(x, y));
        return frame;
    }

    /// <summary>The picture as a camera mounted on its side (turned counter-clockwise by 90 degrees) would deliver it.</summary>
    public static unsafe Frame OnItsSide(Frame upright)
    {
        var frame = new Frame(upright.Height, upright.Width, PixelLayout.Rgba32);
        var from = (uint*)upright.Pixels;
        var to = (uint*)frame.Pixels;
        for (var y = 0; y < upright.Height; y++)
            for (var x = 0; x < upright.Width; x++)
                to[(upright.Width - 1 - x) * upright.Height + y] = from[y * upright.Width + x];
        return frame;
    }

    private static unsafe void Put(Frame frame, byte* to, int x, int y, SKColor c)
    {
        var luma = 0.299 * c.Red + 0.587 * c.Green + 0.114 * c.Blue;
        switch (frame.Layout)
        {
            case PixelLayout.Rgba32:
                to += y * frame.Stride + x * 4;
                (to[0], to[1], to[2], to[3]) = (c.Red, c.Green, c.Blue, 255);
                break;
            case PixelLayout.Bgr24:
                to += y * frame.Stride + x * 3;
                (to[0], to[1], to[2]) = (c.Blue, c.Green, c.Red);
                break;
            case PixelLayout.Gray8:
                to[y * frame.Stride + x] = (byte)Math.Round(luma);
                break;
            case PixelLayout.I420:
                PutPlanes(frame, to, x, y, luma, (c.Blue - luma) / 1.772, (c.Red - luma) / 1.402);
                break;
            case PixelLayout.I420Limited:
                PutPlanes(
                    frame,
                    to,
                    x,
                    y,
                    16 + luma * 219 / 255,
                    (c.Blue - luma) / 1.772 * 224 / 255,
                    (c.Red - luma) / 1.402 * 224 / 255);
                break;
            default:
                throw new InvalidOperationException($"{frame.Layout}");
        }
    }

    private static unsafe void PutPlanes(Frame frame, byte* to, int x, int y, double luma, double u, double v)
    {
        to[y * frame.Stride + x] = (byte)Math.Round(luma);
        var (half, quarter) = ((frame.Width + 1) / 2, (frame.Width + 1) / 2 * ((frame.Height + 1) / 2));
        var chroma = to + frame.Stride * frame.Height + (y / 2) * half + x / 2;
        chroma[0] = (byte)Math.Clamp(Math.Round(128 + u), 0, 255);
        chroma[quarter] = (byte)Math.Clamp(Math.Round(128 + v), 0, 255);
    }
}
