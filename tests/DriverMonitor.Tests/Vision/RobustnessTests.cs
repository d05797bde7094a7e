using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;
using SkiaSharp;

namespace DriverMonitor.Tests.Vision;

/// <summary>The short form of <c>tests/long/robustness.sh</c>: a scripted sleeper, the real networks.</summary>
public sealed class RobustnessTests
{
    private const double PicturesPerSecond = 15;
    private static readonly TimeSpan AsleepAt = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Asleep = TimeSpan.FromSeconds(3.4);

    private static readonly PortraitScript Script = new(
        TimeSpan.FromSeconds(8.5),
        new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(0.25), PortraitMove.Blink),
        new(AsleepAt, Asleep, PortraitMove.EyesShut));

    /// <summary>What is done to a pixel: its value, its place, a random number of mean 0 and deviation 1.</summary>
    private delegate double Degrade(double value, int x, int y, double random);

    public static TheoryData<string, double> Warned => new()
    {
        { "as filmed", 1.8 },
        { "grey, with a sensor's noise", 1.8 },
        { "grey, with strong noise", 2.5 },
        { "a tenth of the light, with noise", 2.5 },
        { "little contrast", 1.8 },
        { "a hand over one eye", 1.8 },
    };

    [Theory]
    [MemberData(nameof(Warned))]
    public void A_sleeper_is_warned(string picture, double within)
    {
        var events = Judge(picture);

        var alert = events.OfType<MonitorEvent.Alert>().FirstOrDefault(e => e.Rule == AlertRule.EyesClosed);
        Assert.True(alert is not null, $"{picture}: nobody was warned.");
        Assert.InRange((alert.At - AsleepAt).TotalSeconds, 1.3, within);
    }

    [Theory]
    [InlineData("a twenty-fifth of the light")]
    [InlineData("opaque lenses")]
    [InlineData("mirroring lenses with a lamp's spots")]
    public void Where_eyes_cannot_be_seen_it_is_said_within_three_seconds(string picture)
    {
        var told = Judge(picture).OfType<MonitorEvent.Status>().FirstOrDefault(e => e.Kind == StatusKind.EyesNotVisible);

        Assert.True(told is not null, $"{picture}: nobody was told.");
        Assert.InRange(told.At.TotalSeconds, 0, 3);
    }

    /// <summary>
    /// A face that stands on its head is judged the right way up: nothing false, and no sleeper unwarned until the camera is
    /// turned.
    /// </summary>
    [Theory]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public void A_sleeper_before_a_camera_that_is_mounted_wrong_is_warned(int turned)
    {
        var events = Judge("as filmed", orientation: new(turned, Mirror: false));

        var alert = Assert.Single(events.OfType<MonitorEvent.Alert>(), e => e.Phase == AlertPhase.Raised);
        Assert.Equal(AlertRule.EyesClosed, alert.Rule);
        Assert.InRange((alert.At - AsleepAt).TotalSeconds, 1.3, 1.8);
        Assert.Equal(["Blink", "Sleep"], events.OfType<MonitorEvent.Eyelids>().Select(e => $"{e.Kind}"));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(90, "lies on its side: turn the camera, or set Camera:RotateDegrees to 0")]
    [InlineData(180, "stands on its head: turn the camera, or set Camera:RotateDegrees to 0")]
    [InlineData(270, "lies on its side: turn the camera, or set Camera:RotateDegrees to 0")]
    public void Check_says_how_a_camera_is_to_be_turned(int turned, string advice)
    {
        using var frame = Pictures.Load(Pictures.Golden("grace_hopper_usnavy.jpg"));

        Assert.EndsWith(advice, MountProbe.Advice(frame, new(turned, Mirror: false), new VisionSettings()));
        if (turned == 0) Assert.Empty(MountProbe.Advice(frame, default, new VisionSettings()));
    }

    [Theory]
    [InlineData(0.45, 0.5, "is small: move the camera nearer, or set Vision:FarFace")]
    [InlineData(1.0, 0.9, "is at its edge: turn the camera towards it")]
    public void Check_says_that_a_face_is_too_small_or_at_the_edge(double scale, double across, string advice)
    {
        using var face = new PortraitFace(Path.Combine(ModelStore.DefaultFolder(), "portrait"));
        using var frame = new Frame(1280, 720, PixelLayout.Rgba32);
        using var surface = SKSurface.Create(
            new SKImageInfo(frame.Width, frame.Height, SKColorType.Rgba8888, SKAlphaType.Opaque), frame.Pixels, frame.Stride);
        surface.Canvas.Clear(SKColors.DimGray);
        // The portrait's face is in the middle of its 640 by 480.
        surface.Canvas.Translate((float)(across * frame.Width - 320 * scale), (float)(360 - 240 * scale));
        surface.Canvas.Scale((float)scale);
        face.Draw(surface.Canvas, default);
        surface.Flush();

        Assert.EndsWith(advice, MountProbe.Advice(frame, default, new VisionSettings()));
    }

    /// <summary>
    /// Who reads in the lap has lids as low as a sleeper's; from the first picture on, nobody knows where this road is.
    /// </summary>
    [Theory]
    [InlineData(4.0)]
    [InlineData(-1.0)]
    public void A_driver_who_reads_in_the_lap_is_told_to_look_up(double at)
    {
        var lasts = TimeSpan.FromSeconds(4.3);
        var script = new PortraitScript(
            TimeSpan.FromSeconds(at + 5), new(TimeSpan.FromSeconds(at), lasts, PortraitMove.LookDown, Degrees: 19),
            new(TimeSpan.FromSeconds(at), lasts, PortraitMove.EyesShut));

        var alerts = Judge("as filmed", script).OfType<MonitorEvent.Alert>().ToList();

        var told = alerts.FirstOrDefault(e => e.Rule == AlertRule.LongLookAway);
        Assert.True(told is not null, "Nobody was told to look up.");
        Assert.InRange((told.At.TotalSeconds - Math.Max(0, at)), 1.3, 3.5);
        Assert.DoesNotContain(alerts, e => e.Rule is AlertRule.EyesClosed or AlertRule.Fatigue);
    }

    private static Degrade Of(string picture) => picture switch
    {
        "grey, with a sensor's noise" => (value, _, _, random) => value + 10 * random,
        "grey, with strong noise" => (value, _, _, random) => value + 45 * random,
        "a tenth of the light, with noise" => (value, _, _, random) => 0.1 * value + 2 * random,
        "a twenty-fifth of the light" => (value, _, _, random) => 0.04 * value + random,
        "little contrast" => (value, _, _, random) => 110 + 0.15 * value + random,
        "a hand over one eye" => (value, x, y, _) => x is >= 225 and < 320 && y is >= 120 and < 230 ? 150 : value,
        "opaque lenses" => (value, x, y, _) => IsLens(x, y) ? 4 : value,
        "mirroring lenses with a lamp's spots" => (value, x, y, _) => !IsLens(x, y) ? value : y % 48 is >= 12 and < 20 && x % 105 is >= 40 and < 62 ? 255 : 165,
        _ => (value, _, _, _) => value,
    };

    private static bool IsLens(int x, int y) => y is >= 150 and < 205 && x is (>= 225 and < 310) or (>= 330 and < 415);

    private static List<MonitorEvent> Judge(
        string picture, PortraitScript? script = null, PictureOrientation orientation = default)
    {
        var (degrade, random, events) = (Of(picture), new Random(3), new List<MonitorEvent>());
        var portrait = Path.Combine(ModelStore.DefaultFolder(), "portrait");
        using var camera = new PortraitCamera(portrait, script ?? Script, paceBy: null, PicturesPerSecond);
        using var reader = new FaceReader(new VisionSettings { ExpressionEvery = 0 }, orientation, TimeProvider.System);
        var pipeline = new MonitorPipeline(new MonitorSettings());
        camera.Open();
        using var frame = camera.NewFrame();
        while (camera.Read(frame, CancellationToken.None))
        {
            if (picture != "as filmed") Apply(frame, degrade, random);
            events.AddRange(pipeline.Step(new(frame.At, reader.Read(frame))).Events);
        }

        return events;
    }

    /// <summary>Makes the picture grey, as an infrared camera does, and degrades it.</summary>
    private static unsafe void Apply(Frame frame, Degrade degrade, Random random)
    {
        for (var y = 0; y < frame.Height; y++)
        {
            var pixel = (byte*)frame.Pixels + y * frame.Stride;
            for (var x = 0; x < frame.Width; x++, pixel += 4)
            {
                // The sum of four of them is near enough to a normal one.
                double Even() => random.NextDouble() - 0.5;
                var noise = (Even() + Even() + Even() + Even()) * Math.Sqrt(3);
                var grey = 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
                pixel[0] = pixel[1] = pixel[2] = (byte)Math.Clamp(Math.Round(degrade(grey, x, y, noise)), 0, 255);
            }
        }
    }
}
