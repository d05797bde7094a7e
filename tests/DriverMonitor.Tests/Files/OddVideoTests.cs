using System.Net;
using System.Net.Sockets;
using DriverMonitor.Camera;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;
using Microsoft.Extensions.Time.Testing;
using SkiaSharp;

namespace DriverMonitor.Tests.Files;

/// <summary>
/// What was asked is what is judged: every picture of a video, upright ones of a folder, and a word where some are missing.
/// </summary>
public sealed class OddVideoTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("video").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_stream_that_changes_its_size_is_read_to_its_end()
    {
        await Make("big.ts", "-f lavfi -i testsrc=s=320x240:r=10:d=2 -c:v libx264 -bf 0 -pix_fmt yuv420p");
        await Make("small.ts", "-f lavfi -i testsrc=s=160x120:r=10:d=2 -c:v libx264 -bf 0 -pix_fmt yuv420p -output_ts_offset 2");
        await File.WriteAllBytesAsync(
            At("both.ts"),
            [.. await File.ReadAllBytesAsync(At("big.ts")), .. await File.ReadAllBytesAsync(At("small.ts"))]);

        var sizes = Read("both.ts", out var loss);

        Assert.InRange(sizes.Count(size => size == "320x240"), 19, 21);
        Assert.InRange(sizes.Count(size => size == "160x120"), 19, 21);
        Assert.Equal(0, sizes.Count(size => size is not ("320x240" or "160x120")));
        Assert.Null(loss);
    }

    [Fact]
    public async Task A_cover_before_the_video_is_not_the_video()
    {
        await Make("clip.mp4", "-f lavfi -i testsrc=s=320x240:r=10:d=2 -c:v libx264 -pix_fmt yuv420p");
        await Make("cover.mjpeg", "-f lavfi -i color=red:s=64x48:r=1:d=1 -c:v mjpeg");
        await Make("marked.mp4", $"-i {At("clip.mp4")} -i {At("cover.mjpeg")} -map 1 -map 0 -c copy -disposition:v:0 attached_pic");
        await Make("unmarked.mkv", $"-i {At("clip.mp4")} -i {At("cover.mjpeg")} -map 1 -map 0 -c copy");

        Assert.Equal(20, Read("marked.mp4", out _).Count(size => size == "320x240"));
        Assert.Equal(20, Read("unmarked.mkv", out _).Count(size => size == "320x240"));
    }

    [Fact]
    public async Task Sound_with_a_cover_is_no_video()
    {
        await Make("cover.png", "-f lavfi -i color=red:s=64x48:r=1:d=1 -frames:v 1");
        await Make("song.mp3", $"-f lavfi -i sine=d=1 -i {At("cover.png")} -map 0 -map 1 -c:v mjpeg -disposition:v attached_pic");

        await Make("unmarked.mp4", $"-f lavfi -i sine=d=1 -i {At("cover.png")} -map 0 -map 1 -c:v mjpeg");

        Assert.Throws<CameraException>(() => Read("song.mp3", out _));
        Assert.Contains(
            "only sound", Assert.Throws<CameraException>(() => Read("unmarked.mp4", out _)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_stream_that_changes_its_size_goes_on_and_its_end_is_said_in_words()
    {
        // What comes first is looked at and not shown.
        await Make("big.ts", "-f lavfi -i testsrc=s=320x240:r=10:d=12 -c:v libx264 -bf 0 -pix_fmt yuv420p");
        await Make("small.ts", "-f lavfi -i testsrc=s=160x120:r=10:d=12 -c:v libx264 -bf 0 -pix_fmt yuv420p -output_ts_offset 12");
        await Make("again.ts", "-f lavfi -i testsrc=s=320x240:r=10:d=12 -c:v libx264 -bf 0 -pix_fmt yuv420p -output_ts_offset 24");
        using var sender = new TcpListener(IPAddress.Loopback, 0);
        sender.Start();
        var sending = SendAsync(sender, "big.ts", "small.ts", "again.ts");
        // A clock that stands: however busy the machine is, the sender's end alone ends the stream.
        using var camera = FfmpegCamera.OfAddress($"tcp://{sender.LocalEndpoint}", new CameraSettings(), new FakeTimeProvider());
        camera.Open();
        using var frame = camera.NewFrame();

        var sizes = new List<string>();
        var end = Assert.Throws<CameraException>(() =>
        {
            while (camera.Read(frame, CancellationToken.None)) sizes.Add($"{frame.Width}x{frame.Height}");
        });

        await sending;
        Assert.Equal(["160x120", "320x240"], sizes.Distinct().Order(StringComparer.Ordinal));
        Assert.Contains("the stream ended, or its sender closed it", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_driver_is_followed_through_a_change_of_size()
    {
        using (var picture = SKBitmap.Decode(Pictures.Golden("grace_hopper_usnavy.jpg")))
        {
            foreach (var (name, share) in new[] { ("1.png", 1.0), ("2.png", 1.0), ("3.png", 0.4), ("4.png", 1.0) })
            {
                using var scaled = picture.Resize(
                    new SKSizeI((int)(share * picture.Width), (int)(share * picture.Height)), SKSamplingOptions.Default);
                using var data = scaled.Encode(SKEncodedImageFormat.Png, 100);
                File.WriteAllBytes(At(name), data.ToArray());
            }
        }

        using var reader = new FaceReader(new VisionSettings(), default, TimeProvider.System);
        using var camera = new FolderCamera(_folder, framesPerSecond: 10);
        camera.Open();
        using var frame = camera.NewFrame();
        var tracks = new List<int?>();
        while (camera.Read(frame, CancellationToken.None))
            tracks.Add(reader.Read(frame) is { Sight: Sight.Driver } face ? face.TrackId : null);

        Assert.Equal([1, 1, 1, 1], tracks);
    }

    [Fact]
    public async Task A_recording_that_begins_late_is_whole_and_one_that_was_cut_is_not()
    {
        await Make("late.mkv", "-f lavfi -i testsrc=s=160x120:r=10:d=2 -c:v libx264 -pix_fmt yuv420p -output_ts_offset 100");
        await Make("whole.avi", "-f lavfi -i testsrc=s=160x120:r=10:d=4 -c:v mpeg4");
        var bytes = await File.ReadAllBytesAsync(At("whole.avi"));
        await File.WriteAllBytesAsync(At("cut.avi"), bytes[..(bytes.Length / 2)]);

        Assert.Equal(20, Read("late.mkv", out var none).Count);
        Assert.Null(none);
        Read("cut.avi", out var loss);
        Assert.NotNull(loss);
    }

    private async Task SendAsync(TcpListener from, params string[] files)
    {
        using var receiver = await from.AcceptTcpClientAsync();
        foreach (var file in files) await receiver.GetStream().WriteAsync(await File.ReadAllBytesAsync(At(file)));
    }

    [Fact]
    public async Task A_cut_file_says_how_much_of_it_was_read()
    {
        await Make("whole.mp4", "-f lavfi -i testsrc=s=160x120:r=20:d=6 -c:v libx264 -pix_fmt yuv420p -movflags +faststart");
        var bytes = await File.ReadAllBytesAsync(At("whole.mp4"));
        await File.WriteAllBytesAsync(At("cut.mp4"), bytes[..(bytes.Length / 2)]);

        var whole = Read("whole.mp4", out var none);
        var cut = Read("cut.mp4", out var loss);

        Assert.Equal((120, null), (whole.Count, none));
        Assert.InRange(cut.Count, 10, 100);
        Assert.Contains($"ends early: {cut.Count} of about 120 pictures", $"{loss}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SKEncodedOrigin.TopLeft, "RG/BW")]
    [InlineData(SKEncodedOrigin.TopRight, "GR/WB")]
    [InlineData(SKEncodedOrigin.BottomRight, "WB/GR")]
    [InlineData(SKEncodedOrigin.BottomLeft, "BW/RG")]
    [InlineData(SKEncodedOrigin.LeftTop, "RB/GW")]
    [InlineData(SKEncodedOrigin.RightTop, "BR/WG")]
    [InlineData(SKEncodedOrigin.RightBottom, "WG/BR")]
    [InlineData(SKEncodedOrigin.LeftBottom, "GW/RB")]
    public void A_picture_is_turned_as_its_orientation_says(SKEncodedOrigin origin, string expected)
    {
        var stored = new SKBitmap(new SKImageInfo(40, 20, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(stored))
        {
            foreach (
                var (color, x, y) in new[]
                {
                    (SKColors.Red, 0, 0),
                    (SKColors.Lime, 20, 0),
                    (SKColors.Blue, 0, 10),
                    (SKColors.White, 20, 10),
                }
            )
                canvas.DrawRect(x, y, 20, 10, new SKPaint { Color = color });
        }

        using var upright = UprightPicture.Of(stored, origin);

        Assert.Equal(expected, $"{Name(upright, 0.25, 0.25)}{Name(upright, 0.75, 0.25)}/{Name(upright, 0.25, 0.75)}{Name(upright, 0.75, 0.75)}");
    }

    [Fact]
    public void A_cut_picture_stops_as_a_broken_one_does()
    {
        var whole = File.ReadAllBytes(Pictures.Golden("grace_hopper_usnavy.jpg"));
        File.WriteAllBytes(At("1.jpg"), whole[..(whole.Length / 2)]);
        using var camera = new FolderCamera(At("1.jpg"), framesPerSecond: 10);
        camera.Open();
        using var frame = camera.NewFrame();

        Assert.Throws<CameraException>(() => camera.Read(frame, CancellationToken.None));
    }

    [Fact]
    public async Task A_replay_of_a_cut_file_is_partial_and_refused_when_strict()
    {
        await Make("whole.mp4", "-f lavfi -i testsrc=s=160x120:r=20:d=6 -c:v libx264 -pix_fmt yuv420p -movflags +faststart");
        var bytes = await File.ReadAllBytesAsync(At("whole.mp4"));
        await File.WriteAllBytesAsync(At("cut.mp4"), bytes[..(bytes.Length / 2)]);

        var (exit, output, errors) = await TheProgram.RunAsync(
            "replay", At("cut.mp4"), "--report", At("drive.html"), "--language", "en");
        var strict = await TheProgram.RunAsync("replay", At("cut.mp4"), "--strict", "--events", At("events.jsonl"));

        Assert.True(exit == 0, errors);
        Assert.Contains(", partial", output, StringComparison.Ordinal);
        Assert.Contains("ends early", errors, StringComparison.Ordinal);
        Assert.Contains("ends early", await File.ReadAllTextAsync(At("drive.html")), StringComparison.Ordinal);
        Assert.Equal((ExitCode.InputUnreadable, false), (strict.ExitCode, File.Exists(At("events.jsonl"))));
    }

    private List<string> Read(string name, out InputLoss? loss)
    {
        using var camera = FfmpegCamera.OfFile(At(name), new CameraSettings(), TimeProvider.System);
        camera.Open();
        using var frame = camera.NewFrame();
        var sizes = new List<string>();
        while (camera.Read(frame, CancellationToken.None)) sizes.Add($"{frame.Width}x{frame.Height}");
        loss = camera.Loss;
        return sizes;
    }

    private static char Name(SKBitmap picture, double x, double y)
    {
        var color = picture.GetPixel((int)(x * picture.Width), (int)(y * picture.Height));
        return color == SKColors.Red ? 'R'
            : color == SKColors.Lime ? 'G'
            : color == SKColors.Blue ? 'B'
            : color == SKColors.White ? 'W'
            : '?';
    }

    private async Task Make(string name, string of)
    {
        var (exit, output) = await Tool.RunAsync("ffmpeg", ["-v", "error", "-y", .. of.Split(' '), At(name)]);
        Assert.True(exit == 0, output);
    }

    private string At(string name) => Path.Combine(_folder, name);
}
