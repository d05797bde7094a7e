using System.Net;
using System.Net.Sockets;
using System.Text;
using DriverMonitor.Camera;
using SkiaSharp;

namespace DriverMonitor.Tests.Camera;

/// <summary>A network camera as most of them speak: JPEG pictures in one endless HTTP answer.</summary>
public sealed class FfmpegAddressTests
{
    [Fact]
    public async Task Pictures_come_over_http_until_the_camera_hangs_up()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Serve(listener, pictures: 30);
        var settings = new CameraSettings { Kind = CameraKind.Url, Source = $"http://{listener.LocalEndpoint}/video" };
        using var camera = Cameras.Open(settings, TimeProvider.System);
        camera.Open();
        using var frame = camera.NewFrame();
        var seen = 0;

        var error = Assert.Throws<CameraException>(() =>
        {
            for (; camera.Read(frame, CancellationToken.None); seen++)
                Assert.Equal((64, 48, PixelLayout.I420), (frame.Width, frame.Height, frame.Layout));
        });

        await serving;
        Assert.InRange(seen, 25, 30); // the first go into finding out what stream this is
        Assert.StartsWith($"{settings.Source}: ffmpeg ended", error.Message, StringComparison.Ordinal);
    }

    private static async Task Serve(TcpListener listener, int pictures)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        await stream.ReadExactlyAsync(new byte[4]); // "GET "
        await stream.WriteAsync("HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=next\r\n\r\n"u8.ToArray());
        var picture = Picture();
        for (var i = 0; i < pictures; i++)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"--next\r\nContent-Type: image/jpeg\r\nContent-Length: {picture.Length}\r\n\r\n"));
            await stream.WriteAsync(picture);
            await stream.WriteAsync("\r\n"u8.ToArray());
        }

        // What the client still has to say is heard, so that hanging up does not reset what it has yet to read.
        client.Client.Shutdown(SocketShutdown.Send);
        var rest = new byte[1024];
        while (await stream.ReadAsync(rest) > 0)
        {
        }
    }

    private static byte[] Picture()
    {
        using var bitmap = new SKBitmap(64, 48);
        bitmap.Erase(SKColors.Teal);
        using var bytes = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return bytes.ToArray();
    }
}
