using System.Diagnostics;
using DriverMonitor.Camera;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Camera;

/// <summary>
/// Network cameras that ffmpeg plays: their pictures come live, and come again when the camera was off for a while.
/// </summary>
public sealed class NetworkStreamTests
{
    // PORT stands for a free one.
    [Theory]
    [InlineData("MJPEG over HTTP", "-c:v mjpeg -f mpjpeg -listen 1 http://127.0.0.1:PORT/video", "http://127.0.0.1:PORT/video")]
    [InlineData("MPEG-TS over HTTP", "-c:v libx264 -preset ultrafast -tune zerolatency -g 10 -f mpegts -listen 1 http://127.0.0.1:PORT/live", "http://127.0.0.1:PORT/live")]
    [InlineData("H.264 in MPEG-TS over TCP", "-c:v libx264 -preset ultrafast -tune zerolatency -g 10 -f mpegts tcp://127.0.0.1:PORT?listen=1", "tcp://127.0.0.1:PORT")]
    [InlineData("MPEG-TS over UDP", "-c:v mpeg2video -g 10 -f mpegts udp://127.0.0.1:PORT?pkt_size=1316", "udp://127.0.0.1:PORT")]
    public async Task Pictures_come_and_come_again_after_the_camera_was_off(string story, string output, string address)
    {
        var port = $"{Loopback.FreePort()}";
        var camera = Play(output.Replace("PORT", port, StringComparison.Ordinal));
        try
        {
            var settings = new CameraSettings
            {
                Preset = CameraPreset.Network,
                Source = address.Replace("PORT", port, StringComparison.Ordinal),
            };
            using var feed = CameraFeed.Open(
                Cameras.Open(settings, TimeProvider.System), TimeProvider.System, NullLogger.Instance);
            await Eventually.Sees($"pictures of {story}", () => Pictures(feed) >= 10, withinSeconds: 60);

            camera.Kill();
            await camera.WaitForExitAsync();
            camera.Dispose();
            camera = Play(output.Replace("PORT", port, StringComparison.Ordinal));
            var before = feed.Frames;
            await Eventually.Sees(
                $"pictures of {story} again", () =>
                {
                    Pictures(feed);
                    return feed.Frames >= before + 20;
                },
                withinSeconds: 60);
        }
        finally
        {
            camera.Kill();
            camera.Dispose();
        }
    }

    private static long Pictures(CameraFeed feed)
    {
        if (feed.Next(TimeSpan.FromMilliseconds(5), CancellationToken.None).Frame is { } frame)
        {
            Assert.Equal((160, 120), (frame.Width, frame.Height));
            feed.Return(frame);
        }

        return feed.Frames;
    }

    private static Process Play(string output) =>
        Process.Start(
            new ProcessStartInfo(
                "ffmpeg",
                [
                    "-v",
                    "quiet",
                    "-nostdin",
                    "-re",
                    "-f",
                    "lavfi",
                    "-i",
                    "testsrc=size=160x120:rate=20",
                    "-pix_fmt",
                    "yuvj420p",
                    "-strict",
                    "-1",
                    .. output.Split(' '),
                ])
        )!;
}
