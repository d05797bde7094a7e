using SkiaSharp;

namespace DriverMonitor.Camera;

/// <summary>Turns a picture as its EXIF orientation asks: phones store what the sensor saw and note how it was held.</summary>
internal static class UprightPicture
{
    /// <summary>The picture itself where nothing is to be turned; otherwise another one, and the first is disposed.</summary>
    public static SKBitmap Of(SKBitmap picture, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default) return picture;
        using (picture)
        {
            var swapsSides =
                origin
                is SKEncodedOrigin.LeftTop
                    or SKEncodedOrigin.RightTop
                    or SKEncodedOrigin.RightBottom
                    or SKEncodedOrigin.LeftBottom;
            var upright = new SKBitmap(
                picture.Info.WithSize(swapsSides ? picture.Height : picture.Width, swapsSides ? picture.Width : picture.Height));
            using var canvas = new SKCanvas(upright);
            canvas.Clear(SKColors.Black);
            canvas.SetMatrix(Map(origin, picture.Width, picture.Height));
            canvas.DrawBitmap(picture, 0, 0);
            canvas.Flush();
            return upright;
        }
    }

    /// <summary>From the stored picture's pixels to the upright one's (EXIF 2.3, tag 274).</summary>
    private static SKMatrix Map(SKEncodedOrigin origin, float width, float height) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
