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
    private const double PicturesPerSecond = 12;
    private const double AsleepAt = 4;

    /// <summary>A person in the picture of 1280 by 480: where, how large, and from when on.</summary>
    private sealed record Person(double X, double Y, double Scale, double From = 0, bool IsFlipped = false, bool IsStill = false);

    private static readonly Person Left = new(0, 0, 1);
    private static readonly Person Right = new(640, 0, 1);

    public static TheoryData<string> Companies => new()
    {
        "beside a passenger as large, on the left",
        "beside a passenger as large, on the right",
        "beside a passenger who sits nearer to the camera",
        "beside a passenger who sits farther away",
        "beside a passenger who leans in later",
        "beside the own face in a window",
    };

    [Theory]
    [MemberData(nameof(Companies))]
    public void A_driver_who_sleeps_in_company_is_warned(string company)
    {
        var (driver, other) = Of(company);
        var events = Judge(driver, other);

        var told = Assert.Single(events.OfType<MonitorEvent.Status>(), e => e.Kind == StatusKind.AmbiguousDriver);
        Assert.InRange(told.At.TotalSeconds - other.From, 0, 3);
        var alert = events.OfType<MonitorEvent.Alert>().FirstOrDefault(e => e.Rule == AlertRule.EyesClosed);
        Assert.True(alert is not null, "Nobody was warned.");
        Assert.InRange(alert.At.TotalSeconds - AsleepAt, 1.3, 1.9);
    }

    [Theory]
    [InlineData("before somebody on the back seat")]
    [InlineData("with a face on the shirt")]
    public void A_small_face_leaves_no_doubt_who_drives(string company)
    {
        var (driver, other) = Of(company);
        var events = Judge(driver, other);

        Assert.DoesNotContain(events.OfType<MonitorEvent.Status>(), e => e.Kind == StatusKind.AmbiguousDriver);
        var alert = Assert.Single(events.OfType<MonitorEvent.Alert>(), e => e.Phase == AlertPhase.Raised);
        Assert.Equal(AlertRule.EyesClosed, alert.Rule);
        Assert.InRange(alert.At.TotalSeconds - AsleepAt, 1.3, 1.9);
    }

    private static (Person Driver, Person Other) Of(string company) => company switch
    {
        "beside a passenger as large, on the left" => (Right, Left),
        "beside a passenger as large, on the right" => (Left, Right),
        "beside a passenger who sits nearer to the camera" => (new(700, 80, 0.65), Left),
        "beside a passenger who sits farther away" => (Left, new(700, 80, 0.65)),
        "beside a passenger who leans in later" => (Right, new(30, 0, 0.9, From: 1.5)),
        "beside the own face in a window" => (Left, new(700, 60, 0.75, IsFlipped: true)),
        "before somebody on the back seat" => (Left, new(760, 80, 0.42)),
        "with a face on the shirt" => (new(0, -60, 0.8), new(170, 300, 0.33, IsStill: true)),
        _ => throw new ArgumentOutOfRangeException(nameof(company), company),
    };

    private static List<MonitorEvent> Judge(Person driver, Person other)
    {
        using var face = new PortraitFace(Path.Combine(ModelStore.DefaultFolder(), "portrait"));
        using var reader = new FaceReader(new VisionSettings { ExpressionEvery = 0 }, default, TimeProvider.System);
        using var frame = new Frame(1280, 480, PixelLayout.Rgba32);
        var (pipeline, events) = (new MonitorPipeline(new MonitorSettings()), new List<MonitorEvent>());
        for (var picture = 0; picture < 6.2 * PicturesPerSecond; picture++)
        {
            frame.At = TimeSpan.FromSeconds(picture / PicturesPerSecond);
            var t = frame.At.TotalSeconds;
            var shut = t >= AsleepAt ? 1 : 0;
            var info = new SKImageInfo(frame.Width, frame.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
            using var surface = SKSurface.Create(info, frame.Pixels, frame.Stride);
            surface.Canvas.Clear(SKColors.DimGray);
            Draw(surface.Canvas, face, driver, new(shut, 0, Math.Sin(t), 0));
            if (t >= other.From) Draw(surface.Canvas, face, other, Pose(other, shut, t));
            events.AddRange(pipeline.Step(new(frame.At, reader.Read(frame))).Events);
        }

        return events;
    }

    /// <summary>A reflection does what the driver does, a print nothing, a passenger stays awake.</summary>
    private static PortraitPose Pose(Person other, double shut, double t) =>
        other.IsFlipped ? new(shut, 0, Math.Sin(t), 0)
        : other.IsStill ? default
        : new(0, 0, Math.Cos(t), 1);

    private static void Draw(SKCanvas canvas, PortraitFace face, Person person, PortraitPose pose)
    {
        canvas.Save();
        canvas.Translate((float)person.X, (float)person.Y);
        canvas.Scale((float)person.Scale);
        if (person.IsFlipped) canvas.Scale(-1, 1, 320, 0);
        face.Draw(canvas, pose);
        canvas.Restore();
    }
}
