using System.Collections.Immutable;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Alerts;

/// <summary>One glance away from the road that is too long for the speed.</summary>
internal sealed class LongLookAwayRule : IAlertRule
{
    public AlertRule Rule => AlertRule.LongLookAway;
    public string Name => "long_look_away";
    public string State => "distraction";
    public AlertKind Kind => AlertKind.Safety;

    public ImmutableArray<AlertRow> Rows { get; } =
    [
        new(AlertRule.LongLookAway, AlertLevel.Emergency, 20, SoundPatterns.LookEmergency, Lamp.RedBlinking,
            "long_look_away.emergency", "Look up, at the road, now!"),
        new(AlertRule.LongLookAway, AlertLevel.Alarm, 40, SoundPatterns.LookAlarm, Lamp.Red,
            "long_look_away.alarm", "Look up! Eyes on the road!"),
        new(AlertRule.LongLookAway, AlertLevel.Warning, 60, SoundPatterns.LookWarning, Lamp.AmberBlinking,
            "long_look_away.warning", "Look up, at the road."),
    ];

    public AlertLevel? Judge(in Scene scene, AlertLevel standing)
    {
        var shut = OfLidsInDoubt(scene);
        if (scene.Driver.AwayFor > TimeSpan.Zero || shut > AlertLevel.None)
        {
            var away = scene.Settings.ForLookAway(scene.WhileMoving(scene.Driver.AwayFor), scene.Motion.SpeedKmh);
            // The first minute's road may be off by ten degrees: heard, but not yet until it is over.
            if (away > AlertLevel.Warning && scene.Driver.IsLookAwayUnsure) away--;
            return away > shut ? away : shut;
        }

        return scene.Driver.OnRoad is null ? null : AlertLevel.None;
    }

    public AlertExplanation Explain(in Scene scene, AlertLevel level)
    {
        var limit = scene.Settings.LookAwayLimit(scene.Motion.SpeedKmh)?.TotalSeconds;
        return AlertExplanation.OfTimer(
            in scene, scene.Distraction, scene.GazeConfidence, Unseen(scene.Driver),
            new Reason("eyes_off_road", scene.Driver.AwayFor.TotalSeconds, limit, "s"));
    }

    /// <summary>Nobody knows whether this driver looks down or sleeps: whichever would be told first is.</summary>
    private static AlertLevel OfLidsInDoubt(in Scene scene) =>
        scene.Driver.MayLookDown ? scene.Settings.ForEyesClosed(scene.WhileMoving(scene.Driver.ShutFor)) : AlertLevel.None;

    private static MissingReason Unseen(DriverTracker driver) =>
        !driver.IsFaceSeen ? MissingReason.NoFace
        : driver.OnRoad is null ? MissingReason.PoseUncertain
        : MissingReason.None;
}
