using System.Globalization;
using DriverMonitor.Camera;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Camera;

public sealed class FfmpegCameraTests(FfmpegClips clips) : IClassFixture<FfmpegClips>
{
    private const string FiveAtTen = "-f lavfi -i testsrc=s=64x48:r=10:d=0.5";
    private const string FiveAtHundred = "-f lavfi -i testsrc=s=64x48:r=100:d=0.05";

    public static readonly TheoryData<string, string, string, string, string> Recordings = new()
    {
        // name                          file             made of                                                                             pictures            milliseconds
        { "even times", "even.mp4", $"{FiveAtTen} -c:v libx264 -pix_fmt yuv420p", "64x48 I420Limited", "0 100 200 300 400" },
        {
            "variable frame rate",
            "variable.mkv",
            $"{FiveAtHundred} -vf setpts=N*N -vsync passthrough -c:v ffv1 -pix_fmt yuv420p",
            "64x48 I420Limited",
            "0 10 40 90 160"
        },
        {
            "every time twice",
            "twice.mkv",
            $"{FiveAtHundred} -vf setpts=10*floor(N/2) -vsync passthrough -c:v ffv1 -pix_fmt yuv420p",
            "64x48 I420Limited",
            "0 0 100 100 200"
        },
        {
            "a jump of ten seconds",
            "jump.mkv",
            $"{FiveAtTen} -vf setpts=N+100*gt(N\\,2) -vsync passthrough -c:v ffv1 -pix_fmt yuv420p",
            "64x48 I420Limited",
            "0 100 200 10300 10400"
        },
        {
            "no times in the file: 25 a second",
            "bare.mjpeg",
            $"{FiveAtTen} -c:v mjpeg -pix_fmt yuvj420p",
            "64x48 I420",
            "0 40 80 120 160"
        },
        {
            "odd size",
            "odd.mkv",
            "-f lavfi -i testsrc=s=65x49:r=10:d=0.3 -c:v ffv1 -pix_fmt yuv420p",
            "65x49 I420Limited",
            "0 100 200"
        },
        {
            "full range by its format",
            "jpegs.mkv",
            $"{FiveAtTen} -c:v mjpeg -pix_fmt yuvj420p",
            "64x48 I420",
            "0 100 200 300 400"
        },
        {
            "full range by its tag",
            "tagged.mp4",
            $"{FiveAtTen} -c:v libx264 -pix_fmt yuv420p -color_range pc",
            "64x48 I420",
            "0 100 200 300 400"
        },
        { "infrared", "infrared.mkv", $"{FiveAtTen} -c:v ffv1 -pix_fmt gray", "64x48 Gray8", "0 100 200 300 400" },
        {
            "colours at full resolution",
            "colours.mkv",
            $"{FiveAtTen} -c:v ffv1 -pix_fmt yuv444p",
            "64x48 I420Limited",
            "0 100 200 300 400"
        },
    };

    [Theory, MemberData(nameof(Recordings))]
    public void Every_picture_of_a_recording_comes_once_at_its_own_time(
        string story, string file, string madeOf, string picture, string milliseconds)
    {
        using var camera = FfmpegCamera.OfFile(clips.Make(file, madeOf), new CameraSettings(), TimeProvider.System);
        camera.Open();
        using var frame = camera.NewFrame();
        var times = new List<string>();
        while (camera.Read(frame, CancellationToken.None))
        {
            times.Add(frame.At.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));
            Assert.Equal(picture, $"{frame.Width}x{frame.Height} {frame.Layout}");
        }

        Assert.True(milliseconds == string.Join(' ', times), $"{story}: expected {milliseconds}, got {string.Join(' ', times)}");
    }

    public static readonly TheoryData<string, string> Unreadable = new()
    {
        { "sound.mp4", "no video in it" },
        { "text.mp4", "is not a video that can be read (" },
        { "headless.mp4", "moov atom not found" },
        { "empty.mp4", "is not a video that can be read (" },
    };

    [Theory, MemberData(nameof(Unreadable))]
    public void What_is_not_a_video_is_told_in_one_line(string file, string words)
    {
        clips.Make("sound.mp4", "-f lavfi -i sine=d=0.5");
        clips.Write("text.mp4", "Dear driver, this is a letter."u8);
        clips.Write("headless.mp4", File.ReadAllBytes(clips.Make("whole.mp4", $"{FiveAtTen} -c:v libx264")).AsSpan(0, 1200));
        clips.Write("empty.mp4", []);

        var error = Assert.Throws<CameraException>(() =>
        {
            using var feed = CameraFeed.Open(
                FfmpegCamera.OfFile(clips.PathOf(file), new CameraSettings(), TimeProvider.System), TimeProvider.System);
        });

        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_clip_that_was_cut_off_is_read_up_to_the_cut()
    {
        var whole = File.ReadAllBytes(clips.Make("long.mkv", "-f lavfi -i testsrc=s=64x48:r=10:d=5 -c:v ffv1 -g 1 -pix_fmt yuv420p"));
        using var feed = CameraFeed.Open(
            FfmpegCamera.OfFile(
                clips.Write("cut.mkv", whole.AsSpan(0, whole.Length / 2)),
                new CameraSettings(),
                TimeProvider.System),
            TimeProvider.System);

        Assert.InRange(CountToTheEnd(feed), 15, 35);
    }

    [Fact]
    public void The_length_is_known_beforehand()
    {
        using var feed = CameraFeed.Open(
            FfmpegCamera.OfFile(clips.Make("counted.mp4", "-f lavfi -i testsrc=s=64x48:r=12.5:d=4 -c:v libx264"), new CameraSettings(), TimeProvider.System), TimeProvider.System);

        Assert.Equal(50, feed.FrameCount);
        Assert.Equal(50, CountToTheEnd(feed));
    }

    [Fact]
    public void A_recording_can_be_read_again_from_its_start()
    {
        using var camera = FfmpegCamera.OfFile(
            clips.Make("again.mp4", $"{FiveAtTen} -c:v libx264"), new CameraSettings(), TimeProvider.System);
        using var frame = camera.NewFrame();
        foreach (var _ in (int[])[1, 2])
        {
            camera.Open();
            Assert.True(camera.Read(frame, CancellationToken.None));
            Assert.Equal(TimeSpan.Zero, frame.At);
        }
    }

    [Fact]
    public void A_camera_that_does_not_answer_says_why_and_keeps_the_password()
    {
        var port = Loopback.FreePort();
        using var camera = FfmpegCamera.OfAddress($"http://name:word@127.0.0.1:{port}/stream", new CameraSettings { Kind = CameraKind.Url }, TimeProvider.System);
        camera.Open();
        using var frame = camera.NewFrame();

        var error = Assert.Throws<CameraException>(() => camera.Read(frame, CancellationToken.None));

        Assert.StartsWith($"http://127.0.0.1:{port}/stream: ffmpeg ended", error.Message, StringComparison.Ordinal);
        Assert.Contains("Connection refused", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("word", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_a_recording_allocates_nothing_a_picture()
    {
        using var feed = CameraFeed.Open(
            FfmpegCamera.OfFile(clips.Make("many.mp4", "-f lavfi -i testsrc=s=320x240:r=30:d=18 -c:v libx264 -preset ultrafast"), new CameraSettings(), TimeProvider.System), TimeProvider.System);
        Count(feed, 30);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Count(feed, 500);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static int CountToTheEnd(CameraFeed feed) => Count(feed, int.MaxValue);

    private static int Count(CameraFeed feed, int most)
    {
        for (var count = 0; count < most; count++)
        {
            if (feed.Next(TimeSpan.Zero, CancellationToken.None).Frame is not { } frame) return count;
            feed.Return(frame);
        }

        return most;
    }
}
