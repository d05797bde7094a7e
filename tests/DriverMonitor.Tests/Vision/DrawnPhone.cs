using DriverMonitor.Camera;
using DriverMonitor.Tests.Support;
using SkiaSharp;

namespace DriverMonitor.Tests.Vision;

/// <summary>A phone as a child would draw it, held upright: a dark slab, a lit screen, coloured tiles.</summary>
internal static class DrawnPhone
{
    private static readonly uint[] Tiles = [0xFF3C50C8, 0xFF5AC85A, 0xFFE6E6E6];

    /// <summary>A golden picture with a phone before the chest, as a file.</summary>
    public static string On(string picture, string folder)
    {
        using var bitmap = SKBitmap.Decode(Pictures.Golden(picture));
        var height = bitmap.Height * 3 / 8;
        Draw(bitmap.Width * 45 / 100, bitmap.Height * 44 / 100, height / 2, height, (x, y, colour) => bitmap.SetPixel(x, y, colour));
        var path = Path.Combine(folder, "phone.png");
        using var file = File.Create(path);
        bitmap.Encode(file, SKEncodedImageFormat.Png, 100);
        return path;
    }

    /// <summary>The same in a picture of four bytes a pixel.</summary>
    public static unsafe void On(Frame frame, int left, int top, int width, int height)
    {
        var pixels = (byte*)frame.Pixels;
        var stride = frame.Stride;
        Draw(left, top, width, height, (x, y, colour) => *(uint*)(pixels + y * stride + x * 4) = colour);
    }

    private static void Draw(int left, int top, int width, int height, Action<int, int, uint> put)
    {
        var (edge, tile) = (Math.Max(2, width / 12), width / 6);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                put(left + x, top + y, Of(x, y, width, height, edge, tile));
    }

    private static uint Of(int x, int y, int width, int height, int edge, int tile)
    {
        if (x < edge || x >= width - edge || y < 2 * edge || y >= height - 2 * edge) return 0xFF120F0F;
        var (column, row) = ((x - 2 * edge) / (tile * 8 / 5), (y - 4 * edge) / (2 * tile));
        var isTile = x >= 2 * edge && y >= 4 * edge && column < 3 && row < 5
            && (x - 2 * edge) % (tile * 8 / 5) < tile && (y - 4 * edge) % (2 * tile) < tile;
        return isTile ? Tiles[(row + column) % 3] : 0xFFA05A28;
    }
}
