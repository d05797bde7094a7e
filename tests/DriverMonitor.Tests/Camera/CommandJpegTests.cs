using DriverMonitor.Camera;
using SkiaSharp;

namespace DriverMonitor.Tests.Camera;

public sealed class CommandJpegTests : IDisposable
{
    private readonly CommandScripts _scripts = new();

    public void Dispose() => _scripts.Dispose();

    // R, G, B: pictures of 32x24 in that colour. L: one of 64x48, red. T: a red one with a thumbnail in its EXIF segment.
    // r: a red one cut in its scan; h: one cut in its header; .: junk; m: junk with a marker that begins like a picture.
    public static readonly TheoryData<string, string, string> Streams = new()
    {
        { "one after the other",                 "RGB",     "R32 G32 B32" },
        { "junk before, between and after",      ".R..G.",  "R32 G32" },
        { "junk that looks like a beginning",    "mRmG",    "R32 G32" },
        { "a thumbnail ends no picture",         "TG",      "R32 G32" },
        { "one cut in its scan is skipped",      "rGB",     "G32 B32" },
        { "one cut in its header is skipped",    "hGB",     "G32 B32" },
        { "the last one is cut",                 "RGr",     "R32 G32" },
        { "the size changes",                    "RLG",     "R32 R64 G32" },
        { "nothing but junk",                    ".m.",     "" },
    };

    [Theory, MemberData(nameof(Streams))]
    public void Pictures_are_found_in_the_stream(string story, string parts, string expected)
    {
        File.WriteAllBytes(_scripts.PathOf("stream"), [.. parts.SelectMany(Part)]);
        using var camera = _scripts.Camera("exec cat stream", CommandFormat.Mjpeg);
        camera.Open();
        using var frame = camera.NewFrame();
        var seen = new List<string>();

        Assert.Throws<CameraException>(() =>
        {
            while (camera.Read(frame, CancellationToken.None)) seen.Add($"{Colour(frame)}{frame.Width}");
        });

        Assert.True(expected == string.Join(' ', seen), $"{story}: expected {expected}, saw {string.Join(' ', seen)}");
    }

    [Theory, MemberData(nameof(Streams))]
    public void It_does_not_matter_how_the_stream_arrives(string story, string parts, string expected)
    {
        byte[] stream = [.. parts.SelectMany(Part)];
        foreach (var step in (int[])[1, 7, 1000])
        {
            var splitter = new JpegSplitter();
            var found = 0;
            foreach (var piece in stream.Chunk(step))
            {
                piece.CopyTo(splitter.Room());
                splitter.Filled(piece.Length);
                while (splitter.TryNext(out var picture))
                {
                    using var decoded = SKBitmap.Decode(picture);
                    if (decoded is not null) found++;
                }
            }

            var wanted = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
            Assert.True(wanted == found, $"{story}, {step} bytes at a time: expected {wanted} pictures, found {found}");
        }
    }

    [Fact]
    public void A_command_that_writes_something_else_is_told()
    {
        using var camera = _scripts.Camera("exec cat /dev/zero", CommandFormat.Mjpeg);
        camera.Open();
        using var frame = camera.NewFrame();

        var error = Assert.Throws<CameraException>(() => camera.Read(frame, CancellationToken.None));

        Assert.Equal("The camera command writes no JPEG pictures. Is Camera:Format right?", error.Message);
    }

    private static byte[] Part(char part) => part switch
    {
        'R' => Jpeg(SKColors.Red, 32, 24),
        'G' => Jpeg(SKColors.Lime, 32, 24),
        'B' => Jpeg(SKColors.Blue, 32, 24),
        'L' => Jpeg(SKColors.Red, 64, 48),
        'T' => WithThumbnail(Jpeg(SKColors.Red, 32, 24), Jpeg(SKColors.Blue, 32, 24)),
        'r' => Jpeg(SKColors.Red, 32, 24)[..^12],
        'h' => Jpeg(SKColors.Red, 32, 24)[..40],
        'm' => [0xFF, 0xD8, 0xFF, 0x00, 0x12, 0x34],
        _ => [0x0D, 0x0A, 0xFF, 0xD9, 0xFF, 0x00, 0x42],
    };

    private static byte[] Jpeg(SKColor colour, int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(colour);
        using var bytes = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return bytes.ToArray();
    }

    /// <summary>The thumbnail, a whole JPEG with an end of its own, as an APP1 segment behind the first marker.</summary>
    private static byte[] WithThumbnail(byte[] picture, byte[] thumbnail)
    {
        var length = thumbnail.Length + 2;
        return [.. picture[..2], 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. thumbnail, .. picture[2..]];
    }

    private static unsafe string Colour(Frame frame)
    {
        var pixel = (byte*)frame.Pixels + frame.Height / 2 * frame.Stride + frame.Width / 2 * 4;
        return (pixel[0] > 200, pixel[1] > 200, pixel[2] > 200) switch
        {
            (true, false, false) => "R",
            (false, true, false) => "G",
            (false, false, true) => "B",
            _ => "?",
        };
    }
}
