using DriverMonitor.Camera;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Vision;

/// <summary>The sampler, which takes eight pixels at a time where it can, beside itself with one at a time.</summary>
public sealed class CropSamplerTests
{
    private const int Width = 96, Height = 74;

    private static readonly ModelInput Crop = new("input", 52, 45, "RGB", "NHWC", 1 / 255f, -0.5f);

    //  layout of the pixels, degrees, scale, where the crop begins
    public static TheoryData<string, double, double, double, double> Crops => new()
    {
        { "I420", 0, 1, 10.3, 8.7 },
        { "I420", 31, 0.8, 30.1, 3.2 },
        { "I420", -77, 1.4, 2.6, 60.5 },
        { "I420", 180, 1.1, 80, 60 },
        { "I420", 5, 4, -40, -30 }, // all sides lie outside
        { "I420Limited", 12, 1.3, -9.5, 20.2 },
        { "I420Limited", 90, 0.5, 90, 40 },
        { "I420Limited", 0, 2, 200, 200 }, // nothing of the picture
    };

    [Theory]
    [MemberData(nameof(Crops))]
    public void Eight_pixels_at_once_are_what_one_at_a_time_is(
        string layout, double degrees, double scale, double left, double top)
    {
        using var frame = Noise(Enum.Parse<PixelLayout>(layout));
        var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
        var map = new Affine(scale * cosine, -scale * sine, left, scale * sine, scale * cosine, top);

        var all = Sampled(frame, map, Crop);

        for (var column = 0; column < Crop.Width; column++)
        {
            var narrow = Sampled(
                frame, map with { C = map.C + column * map.A, F = map.F + column * map.D }, Crop with { Width = 1 });
            for (var i = 0; i < narrow.Length; i++)
                Assert.InRange(all[(i / 3 * Crop.Width + column) * 3 + i % 3] - narrow[i], -0.01, 0.01);
        }
    }

    private static float[] Sampled(Frame frame, in Affine map, ModelInput crop)
    {
        var input = new float[crop.Width * crop.Height * 3 + 1];
        CropSampler.Sample(frame, map, crop, input);
        return input[..^1];
    }

    /// <summary>Luma that changes from pixel to pixel, and slow colour: a step of it may be rounded either way.</summary>
    private static unsafe Frame Noise(PixelLayout layout)
    {
        var frame = new Frame(Width, Height, layout);
        var pixels = new Span<byte>((void*)frame.Pixels, frame.Size);
        for (var i = 0; i < Width * Height; i++) pixels[i] = (byte)(i * 7919 >> 3);
        for (var i = Width * Height; i < pixels.Length; i++) pixels[i] = (byte)(100 + i % (Width / 2));
        return frame;
    }
}
