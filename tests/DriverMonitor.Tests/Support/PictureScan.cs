using System.Diagnostics;

namespace DriverMonitor.Tests.Support;

/// <summary>
/// Looks for pictures and sound in anything: how files of them begin, the same in base64 and in hexadecimal, and rows of the very
/// pixels that were seen or pieces of the very sound that was heard.
/// </summary>
internal sealed class PictureScan
{
    private const int RowLength = 48, LeastShades = 12;

    /// <summary>Bytes from one piece of sound to the next: a hundredth of a second has one whole.</summary>
    private const int SoundStep = 200;

    private static readonly (string Name, byte[] Beginning)[] Files =
    [
        ("JPEG", [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, .. "JFIF"u8]),
        ("JPEG", [0xFF, 0xD8, 0xFF, 0xE1]),
        ("JPEG", [0xFF, 0xD8, 0xFF, 0xDB]),
        ("PNG", [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A]),
        ("WebP", [.. "WEBPVP8"u8]),
        ("AVI", [.. "AVI LIST"u8]),
        ("MP4", [.. "ftypisom"u8]),
        ("WAV", [.. "WAVEfmt "u8]),
    ];

    private readonly List<(string Name, byte[] Bytes)> _signs = [];

    /// <param name="rows">Pixels, as they lay in memory.</param>
    /// <param name="sound">Samples, as the microphone's program writes them.</param>
    public PictureScan(IEnumerable<byte[]> rows, byte[]? sound = null)
    {
        foreach (var (name, beginning) in Files)
        {
            _signs.Add((name, beginning));
            _signs.Add(($"{name} in hexadecimal", [.. Convert.ToHexStringLower(beginning).Select(c => (byte)c)]));
            for (var shift = 0; shift < 3; shift++) _signs.Add(($"{name} in base64", InBase64(beginning, shift)));
        }

        foreach (var row in rows) Add("row of pixels", row);
        foreach (var piece in (sound ?? []).Chunk(SoundStep)) Add("piece of sound", piece[..RowLength]);
    }

    public int Rows => _signs.Count(sign => sign.Name == "row of pixels");

    /// <summary>What of a picture is in it; null if nothing is.</summary>
    public string? Find(ReadOnlySpan<byte> content)
    {
        foreach (var (name, bytes) in _signs)
        {
            if (content.IndexOf(bytes) >= 0) return name;
        }

        return null;
    }

    /// <summary>
    /// Rows with enough in them to be told from anything else, out of every picture of a clip as the service decodes it.
    /// </summary>
    public static async Task<IReadOnlyList<byte[]>> RowsOf(string clip, int width, int height)
    {
        using var decoder = Process.Start(
            new ProcessStartInfo(
                "ffmpeg",
                ["-v", "error", "-nostdin", "-i", clip, "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"])
            {
                RedirectStandardOutput = true,
            }
        )!;
        var (rows, picture) = (new List<byte[]>(), new byte[width * height * 3 / 2]);
        for (
            var number = 0;
            await decoder.StandardOutput.BaseStream.ReadAtLeastAsync(picture, picture.Length, throwOnEndOfStream: false)
                == picture.Length;
            number++)
        {
            if (number % 30 != 0) continue;
            for (var y = height / 4; y < height * 3 / 4; y += height / 10)
            {
                var row = picture.AsSpan(y * width + (width - RowLength) / 2, RowLength).ToArray();
                if (row.Distinct().Count() >= LeastShades) rows.Add(row);
            }
        }

        await decoder.WaitForExitAsync();
        return rows;
    }

    private void Add(string name, byte[] bytes)
    {
        _signs.Add((name, bytes));
        for (var shift = 0; shift < 3; shift++) _signs.Add(($"{name} in base64", InBase64(bytes, shift)));
    }

    /// <summary>Those letters that bytes always have in base64, so many bytes after a letter's beginning.</summary>
    private static byte[] InBase64(byte[] bytes, int shift)
    {
        var letters = Convert.ToBase64String([.. new byte[shift], .. bytes]);
        var (first, last) = (shift == 0 ? 0 : shift + 1, 8 * (shift + bytes.Length) / 6);
        return [.. letters[first..last].Select(c => (byte)c)];
    }
}
