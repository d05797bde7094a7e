using System.Diagnostics;
using System.Globalization;
using DriverMonitor.Camera;
using DriverMonitor.Hosting;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Support;

/// <summary>The scripted driver as a video file, which a camera command can play in real time.</summary>
internal static class PortraitClip
{
    private const double PicturesPerSecond = 15;

    public static unsafe void Make(PortraitScript script, string path)
    {
        using var camera = new PortraitCamera(
            Path.Combine(ModelStore.DefaultFolder(), "portrait"), script, paceBy: null, PicturesPerSecond);
        camera.Open();
        using var frame = camera.NewFrame();
        using var ffmpeg = Process.Start(
            new ProcessStartInfo(
                "ffmpeg",
                [
                    "-v",
                    "error",
                    "-y",
                    "-f",
                    "rawvideo",
                    "-pix_fmt",
                    "rgba",
                    "-s",
                    $"{frame.Width}x{frame.Height}",
                    "-r",
                    PicturesPerSecond.ToString(CultureInfo.InvariantCulture),
                    "-i",
                    "pipe:0",
                    "-c:v",
                    "libx264",
                    "-preset",
                    "ultrafast",
                    "-crf",
                    "15",
                    "-pix_fmt",
                    "yuv420p",
                    "-vf",
                    "scale=640:480",
                    path,
                ])
            {
                RedirectStandardInput = true,
            }
        )!;
        while (camera.Read(frame, CancellationToken.None))
            ffmpeg.StandardInput.BaseStream.Write(new ReadOnlySpan<byte>((byte*)frame.Pixels, frame.Size));
        ffmpeg.StandardInput.Close();
        ffmpeg.WaitForExit();
        Assert.Equal(0, ffmpeg.ExitCode);
    }
}
