using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Vision;

/// <summary>A scripted driver with a drawn phone, through the real networks and the whole judgement.</summary>
public sealed class PhoneDriveTests
{
    private const double PicturesPerSecond = 15;

    /// <summary>Looks down at it, and up again, and down.</summary>
    private static readonly PortraitScript Texts = new(
        TimeSpan.FromSeconds(11),
        new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1.2), PortraitMove.LookDown, Degrees: 16),
        new(TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(1.2), PortraitMove.LookDown, Degrees: 16));

    private static readonly PortraitScript Sleeps = new(
        TimeSpan.FromSeconds(9), new PortraitLine(TimeSpan.FromSeconds(5.8), TimeSpan.FromSeconds(3), PortraitMove.EyesShut));

    [PhoneModelTheory]
    [InlineData(5.0, 8.5, true)] // in the hand while the driver looks down
    [InlineData(5.0, 5.6, false)] // in one look
    [InlineData(0.0, 0.0, false)] // looks down, and nothing is there
    public void A_phone_in_the_hand_is_warned_of(double from, double until, bool isWarned)
    {
        var alerts = Judge(Texts, (frame, at) =>
        {
            if (at >= from && at < until) DrawnPhone.On(frame, frame.Width * 42 / 100, frame.Height * 56 / 100, 100, 200);
        }).OfType<MonitorEvent.Alert>().Where(alert => alert.Rule == AlertRule.Phone).ToList();

        if (!isWarned)
        {
            Assert.Empty(alerts);
            return;
        }

        var raised = alerts[0];
        Assert.InRange(raised.At.TotalSeconds, from + 0.4, from + 3.5);
        Assert.InRange(raised.Confidence!.Value, 0.5, 0.95);
    }

    /// <summary>
    /// A hand before the face looks like a phone to the detector: nobody reads one there, and a sleeper is told to wake up.
    /// </summary>
    [PhoneModelTheory]
    [InlineData("before the mouth", 250, 235, 150, 110)]
    [InlineData("before an eye", 325, 120, 95, 110)]
    public void A_hand_before_a_sleepers_face_is_no_phone(string hand, int left, int top, int width, int height)
    {
        var alerts = Judge(Sleeps, (frame, _) => Fill(frame, left, top, width, height)).OfType<MonitorEvent.Alert>().ToList();

        Assert.True(alerts.Count > 0, $"{hand}: nobody was warned.");
        var raised = alerts[0];
        Assert.Equal(AlertRule.EyesClosed, raised.Rule);
        Assert.InRange(raised.At.TotalSeconds, 7.3, 8.1);
        Assert.DoesNotContain(alerts, alert => alert.Rule == AlertRule.Phone);
    }

    private static unsafe void Fill(Frame frame, int left, int top, int width, int height)
    {
        const uint Skin = 0xFF6888C0; // A, B, G, R
        for (var y = top; y < top + height; y++)
            new Span<uint>((byte*)frame.Pixels + y * frame.Stride + left * 4, width).Fill(Skin);
    }

    private static List<MonitorEvent> Judge(PortraitScript script, Action<Frame, double> draw)
    {
        var events = new List<MonitorEvent>();
        var settings = new VisionSettings { ExpressionEvery = 0 };
        using var camera = new PortraitCamera(
            Path.Combine(ModelStore.DefaultFolder(), "portrait"), script, paceBy: null, PicturesPerSecond);
        using var reader = new FaceReader(settings, default, TimeProvider.System);
        using var torso = new TorsoWatch(settings, default, TimeProvider.System, ownThread: false, Assert.Fail);
        var pipeline = new MonitorPipeline(new MonitorSettings());
        camera.Open();
        using var frame = camera.NewFrame();
        while (camera.Read(frame, CancellationToken.None))
        {
            draw(frame, frame.At.TotalSeconds);
            var face = torso.Add(frame, reader.Read(frame), reader.Mesh.Landmarks);
            events.AddRange(pipeline.Step(new(frame.At, face)).Events);
        }

        return events;
    }
}
