using DriverMonitor.Camera;

namespace DriverMonitor.Tests.Camera;

/// <summary>Which camera the settings ask for, on a machine that has ffmpeg and OpenCV.</summary>
public sealed class CamerasTests(FfmpegClips clips) : IClassFixture<FfmpegClips>
{
    [Theory]
    [InlineData(CameraKind.Usb, "/dev/video0", typeof(OpenCvCamera), true)]
    [InlineData(CameraKind.Url, "rtsp://camera.local/stream", typeof(FfmpegCamera), true)]
    [InlineData(CameraKind.Command, "", typeof(CommandCamera), true)]
    [InlineData(CameraKind.File, "drive.mp4", typeof(FfmpegCamera), false)]
    internal void Settings_choose_the_camera(CameraKind kind, string source, Type expected, bool isLive)
    {
        if (kind == CameraKind.File) source = clips.Write(source, []);

        using var camera = Cameras.Open(
            new CameraSettings
            {
                Kind = kind,
                Source = source,
                Command = "rpicam-vid",
            },
            TimeProvider.System);

        Assert.IsType(expected, camera);
        Assert.Equal(isLive, camera.IsLive);
    }
}
