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

    [PhoneModelTheory]
    [InlineData(5.0, 8.5, true)] // in the hand while the driver looks down
    [InlineData(5.0, 5.6, false)] // in one look
    [InlineData(0.0, 0.0, false)] // looks down, and nothing is there
    public void A_phone_in_the_hand_is_warned_of(double from, double until, bool isWarned)
    {
        var alerts = Judge(from, until).OfType<MonitorEvent.Alert>().Where(alert => alert.Rule == AlertRule.Phone).ToList();

        if (!isWarned)
        {
            Assert.Empty(alerts);
            return;
        }

        var raised = alerts[0];
        Assert.InRange(raised.At.TotalSeconds, from + 0.4, from + 3.5);
        Assert.InRange(raised.Confidence!.Value, 0.5, 0.95);
    }

    private static List<MonitorEvent> Judge(double from, double until)
    {
        var events = new List<MonitorEvent>();
        var settings = new VisionSettings { ExpressionEvery = 0 };
        using var camera = new PortraitCamera(
            Path.Combine(ModelStore.DefaultFolder(), "portrait"), Texts, paceBy: null, PicturesPerSecond);
        using var reader = new FaceReader(settings, default, TimeProvider.System);
        using var torso = new TorsoWatch(settings, default, TimeProvider.System, ownThread: false, Assert.Fail);
        var pipeline = new MonitorPipeline(new MonitorSettings());
        camera.Open();
        using var frame = camera.NewFrame();
        while (camera.Read(frame, CancellationToken.None))
        {
            var at = frame.At.TotalSeconds;
            if (at >= from && at < until) DrawnPhone.On(frame, frame.Width * 42 / 100, frame.Height * 56 / 100, 100, 200);
            var face = torso.Add(frame, reader.Read(frame), reader.Mesh.Landmarks);
            events.AddRange(pipeline.Step(new(frame.At, face)).Events);
        }

        return events;
    }
}
