using System.Globalization;
using DriverMonitor.Camera;

namespace DriverMonitor.Tests.Camera;

public sealed class OpenCvCameraTests(FfmpegClips clips) : IClassFixture<FfmpegClips>
{
    [Fact]
    public void A_clip_has_the_same_pictures_and_times_as_through_ffmpeg()
    {
        var clip = clips.Make("both.mp4", "-f lavfi -i testsrc=s=64x48:r=20:d=1 -c:v libx264 -pix_fmt yuv420p");

        Assert.Equal(
            Times(FfmpegCamera.OfFile(clip, new CameraSettings(), TimeProvider.System)),
            Times(new OpenCvCamera(new CameraSettings(), clip, isLive: false, TimeProvider.System)));
    }

    [Fact]
    public void What_is_not_a_video_is_told_in_one_line()
    {
        using var camera = new OpenCvCamera(
            new CameraSettings(), clips.Write("letter.mp4", "Dear driver"u8), isLive: false, TimeProvider.System);

        var error = Assert.Throws<CameraException>(camera.Open);

        Assert.EndsWith("letter.mp4 is not a video that can be read. Give a video file or a folder of pictures.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_camera_that_is_not_there_says_how_to_find_it()
    {
        using var camera = new OpenCvCamera(new CameraSettings(), "/dev/video99", isLive: true, TimeProvider.System);

        Assert.StartsWith(
            "Camera /dev/video99 cannot be opened.",
            Assert.Throws<CameraException>(camera.Open).Message,
            StringComparison.Ordinal);
    }

    private static string Times(ICamera camera)
    {
        using (camera)
        {
            camera.Open();
            using var frame = camera.NewFrame();
            var times = new List<string>();
            while (camera.Read(frame, CancellationToken.None))
                times.Add(frame.At.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));
            return string.Join(' ', times);
        }
    }
}
