namespace DriverMonitor.Vision;

/// <summary>
/// What the crop shows where the mesh drew an eye. An eye that is open shows white, iris and lashes; a hand or a dark lens shows
/// one shade, and the mesh draws open lids on it all the same.
/// </summary>
internal static class EyePatch
{
    private const int Columns = 13, Rows = 7;

    /// <summary>How far above and below the line between the corners it is looked, in widths of the eye.</summary>
    private const double Reach = 0.22;

    /// <summary>The corners' share of the width is skin.</summary>
    private const double Margin = 0.12;

    /// <summary>
    /// Lamps mirrored in a lens are bright spots on one shade: their rims fill less than a quarter of the eye and make no
    /// contrast. White and skin fill more of it: without its brightest quarter an open eye has over half of its own.
    /// </summary>
    private const float MostSpots = 2;

    private const float White = 0.95f;

    /// <summary>
    /// From the dark to the bright parts of the eye, on the crop's own scale; null where it lies outside the crop.
    /// </summary>
    /// <param name="rgb">The crop: rows of pixels of R, G, B.</param>
    /// <param name="side">Its width and height.</param>
    /// <param name="eye">The mesh's refined points of this eye, x and y in pixels of the crop.</param>
    public static double? Contrast(ReadOnlySpan<float> rgb, int side, ReadOnlySpan<float> eye)
    {
        var (x, y) = (eye[0], eye[1]);
        var (dx, dy) = (eye[2 * MeshTopology.OtherCorner] - x, eye[2 * MeshTopology.OtherCorner + 1] - y);
        Span<float> shades = stackalloc float[Columns * Rows];
        for (var row = 0; row < Rows; row++)
        {
            var across = Reach * (2.0 * row / (Rows - 1) - 1);
            for (var column = 0; column < Columns; column++)
            {
                var along = Margin + (1 - 2 * Margin) * column / (Columns - 1);
                var (px, py) = ((int)(x + along * dx - across * dy), (int)(y + along * dy + across * dx));
                if ((uint)px >= (uint)side || (uint)py >= (uint)side) return null;
                shades[row * Columns + column] = Shade(rgb, (py * side + px) * 3);
            }
        }

        shades.Sort();
        return Contrast(WithoutSpots(shades));
    }

    private static double Contrast(ReadOnlySpan<float> shades)
    {
        var dark = shades[shades.Length / 10];
        return Math.Max(0, Math.Min(shades[^(shades.Length / 10)] - dark, MostSpots * (shades[^(shades.Length / 4)] - dark)));
    }

    /// <summary>White is a lamp's, or a picture's that is overexposed: then most of the eye is white.</summary>
    private static ReadOnlySpan<float> WithoutSpots(ReadOnlySpan<float> shades)
    {
        var white = shades.Length;
        while (white > 0 && shades[white - 1] >= White) white--;
        return white > shades.Length / 2 ? shades[..white] : shades;
    }

    /// <summary>Of all colours: in the shade skin has red left when nothing else is.</summary>
    private static float Shade(ReadOnlySpan<float> rgb, int pixel) => (rgb[pixel] + rgb[pixel + 1] + rgb[pixel + 2]) / 3;
}
