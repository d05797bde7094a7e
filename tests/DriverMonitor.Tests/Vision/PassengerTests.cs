using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Vision;
using SkiaSharp;

namespace DriverMonitor.Tests.Vision;

/// <summary>Two people in one picture, the real networks, and a seat whose side nobody has set.</summary>
public sealed class PassengerTests
{
    private const double PicturesPerSecond = 15;
    private const double AsleepAt = 4;

    [Theory]
    [InlineData(0, 640)]
    [InlineData(640, 0)]
    public void A_driver_who_sleeps_beside_a_passenger_is_warned(int driverAt, int passengerAt)
    {
        var events = Judge(driverAt, passengerAt);

        var told = Assert.Single(events.OfType<MonitorEvent.Status>(), e => e.Kind == StatusKind.AmbiguousDriver);
        Assert.InRange(told.At.TotalSeconds, 0, 3);
        var alert = events.OfType<MonitorEvent.Alert>().FirstOrDefault(e => e.Rule == AlertRule.EyesClosed);
        Assert.True(alert is not null, "Nobody was warned.");
        Assert.InRange(alert.At.TotalSeconds - AsleepAt, 1.3, 1.9);
    }

    private static List<MonitorEvent> Judge(int driverAt, int passengerAt)
    {
        using var face = new PortraitFace(Path.Combine(ModelStore.DefaultFolder(), "portrait"));
        using var reader = new FaceReader(new VisionSettings { ExpressionEvery = 0 }, default, TimeProvider.System);
        using var frame = new Frame(1280, 480, PixelLayout.Rgba32);
        var (pipeline, events) = (new MonitorPipeline(new MonitorSettings()), new List<MonitorEvent>());
        for (var picture = 0; picture < 6.5 * PicturesPerSecond; picture++)
        {
            frame.At = TimeSpan.FromSeconds(picture / PicturesPerSecond);
            var shut = frame.At.TotalSeconds >= AsleepAt ? 1 : 0;
            var info = new SKImageInfo(frame.Width, frame.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
            using var surface = SKSurface.Create(info, frame.Pixels, frame.Stride);
            Draw(surface.Canvas, face, driverAt, new(shut, 0, Math.Sin(frame.At.TotalSeconds), 0));
            Draw(surface.Canvas, face, passengerAt, new(0, 0, Math.Cos(frame.At.TotalSeconds), 1));
            events.AddRange(pipeline.Step(new(frame.At, reader.Read(frame))).Events);
        }

        return events;
    }

    private static void Draw(SKCanvas canvas, PortraitFace face, int x, PortraitPose pose)
    {
        canvas.Save();
        canvas.Translate(x, 0);
        face.Draw(canvas, pose);
        canvas.Restore();
    }
}
