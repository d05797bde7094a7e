namespace DriverMonitor.Devices;

/// <summary>Capitals of 5 x 7 points, as large as they fit on a display whose bytes are columns of eight points.</summary>
internal static class BlockLetters
{
    private const int LetterWidth = 5, LetterHeight = 7, Gap = 1, PointsAByte = 8;

    // Each letter's columns from the left, the top point in the lowest bit.
    private static readonly Dictionary<char, byte[]> Letters = new()
    {
        ['A'] = [0x7E, 0x11, 0x11, 0x11, 0x7E], ['B'] = [0x7F, 0x49, 0x49, 0x49, 0x36], ['C'] = [0x3E, 0x41, 0x41, 0x41, 0x22],
        ['D'] = [0x7F, 0x41, 0x41, 0x22, 0x1C], ['E'] = [0x7F, 0x49, 0x49, 0x49, 0x41], ['H'] = [0x7F, 0x08, 0x08, 0x08, 0x7F],
        ['I'] = [0x00, 0x41, 0x7F, 0x41, 0x00], ['K'] = [0x7F, 0x08, 0x14, 0x22, 0x41], ['L'] = [0x7F, 0x40, 0x40, 0x40, 0x40],
        ['N'] = [0x7F, 0x04, 0x08, 0x10, 0x7F], ['O'] = [0x3E, 0x41, 0x41, 0x41, 0x3E], ['P'] = [0x7F, 0x09, 0x09, 0x09, 0x06],
        ['R'] = [0x7F, 0x09, 0x19, 0x29, 0x46], ['S'] = [0x46, 0x49, 0x49, 0x49, 0x31], ['T'] = [0x01, 0x01, 0x7F, 0x01, 0x01],
        ['U'] = [0x3F, 0x40, 0x40, 0x40, 0x3F], ['V'] = [0x1F, 0x20, 0x40, 0x20, 0x1F], ['W'] = [0x3F, 0x40, 0x38, 0x40, 0x3F],
    };

    /// <summary>Draws the word in the middle; what was there is gone. Other characters are blanks.</summary>
    /// <param name="points">A byte for eight points of a column, rows of bytes from the top.</param>
    public static void Draw(string word, Span<byte> points, int width)
    {
        points.Clear();
        var height = points.Length / width * PointsAByte;
        var columns = word.Length * (LetterWidth + Gap) - Gap;
        var scale = Math.Max(1, Math.Min(width / columns, height / LetterHeight));
        var (left, top) = ((width - columns * scale) / 2, (height - LetterHeight * scale) / 2);
        for (var i = 0; i < word.Length; i++)
        {
            if (!Letters.TryGetValue(word[i], out var letter)) continue;
            for (var x = 0; x < LetterWidth * scale; x++)
                for (var y = 0; y < LetterHeight * scale; y++)
                    if ((letter[x / scale] >> (y / scale) & 1) != 0)
                        Set(points, width, left + i * (LetterWidth + Gap) * scale + x, top + y);
        }
    }

    private static void Set(Span<byte> points, int width, int x, int y) =>
        points[y / PointsAByte * width + x] |= (byte)(1 << (y % PointsAByte));
}
