using DriverMonitor.Camera;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Camera;

/// <summary>The same clip as planes and as BGR must look the same to a model: the range of the planes is understood.</summary>
public sealed class FfmpegColourTests(FfmpegClips clips) : IClassFixture<FfmpegClips>
{
    private const int Width = 256;
    private const int Height = 128;
    private const int Block = 32;

    // Blocks of one colour each, from black over the saturated to white: no edge blurs what is compared.
    private const string Blocks =
        "-f lavfi -i nullsrc=s=256x128:r=5:d=0.4,format=rgb24,geq=r='mod(floor(X/32)*73,256)':g='mod(floor(Y/32)*85,256)':b='mod(floor(X/32)*31+floor(Y/32)*97,256)'";

    [Theory]
    [InlineData("limited", "-vf scale=out_range=tv:out_color_matrix=bt601 -pix_fmt yuv420p -color_range tv", PixelLayout.I420Limited)]
    [InlineData("untagged", "-pix_fmt yuv420p", PixelLayout.I420Limited)]
    [InlineData("full", "-vf scale=out_range=pc:out_color_matrix=bt601 -pix_fmt yuv420p -color_range pc", PixelLayout.I420)]
    internal void Planes_and_bgr_agree_within_two_levels(string name, string coding, PixelLayout expected)
    {
        var clip = clips.Make($"{name}.mkv", $"{Blocks} {coding} -c:v ffv1");
        using var planes = First(FfmpegCamera.OfFile(clip, new CameraSettings(), TimeProvider.System));
        using var bgr = First(
            new CommandCamera(
                new CameraSettings
                {
                    Kind = CameraKind.Command,
                    Command = "ffmpeg",
                    Arguments =
                    [
                        "-v",
                        "error",
                        "-i",
                        clip,
                        "-sws_flags",
                        "accurate_rnd+full_chroma_int",
                        "-f",
                        "rawvideo",
                        "-pix_fmt",
                        "bgr24",
                        "pipe:1",
                    ],
                    Format = CommandFormat.Bgr24,
                    Width = Width,
                    Height = Height,
                },
                TimeProvider.System));
        Assert.Equal(expected, planes.Layout);

        var (ours, reference) = (Sampled(planes), Sampled(bgr));

        for (var y = Block / 2; y < Height; y += Block)
            for (var x = Block / 2; x < Width; x += Block)
                for (var channel = 0; channel < 3; channel++)
                    Assert.True(
                        Math.Abs(ours[(y * Width + x) * 3 + channel] - reference[(y * Width + x) * 3 + channel]) <= 2,
                        $"Block at {x},{y}, channel {channel}: {ours[(y * Width + x) * 3 + channel]} from planes, {reference[(y * Width + x) * 3 + channel]} from BGR.");
    }

    private static Frame First(ICamera camera)
    {
        using (camera)
        {
            camera.Open();
            var frame = camera.NewFrame();
            Assert.True(camera.Read(frame, CancellationToken.None));
            return frame;
        }
    }

    private static float[] Sampled(Frame frame)
    {
        // One float behind the last pixel is the sampler's to overwrite.
        var rgb = new float[Width * Height * 3 + 1];
        CropSampler.Sample(
            frame, Affine.Identity, new ModelInput("picture", Width, Height, "RGB", "NHWC", Scale: 1, Offset: 0), rgb);
        return rgb;
    }
}
