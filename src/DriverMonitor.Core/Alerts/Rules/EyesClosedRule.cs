using System.Collections.Immutable;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Alerts;

/// <summary>The eyes are shut, moving.</summary>
internal sealed class EyesClosedRule : IAlertRule
{
    private static readonly TimeSpan LongerThanBlink = TimeSpan.FromSeconds(0.4);

    public AlertRule Rule => AlertRule.EyesClosed;
    public string Name => "eyes_closed";
    public string State => "fatigue";
    public AlertKind Kind => AlertKind.Safety;

    public ImmutableArray<AlertRow> Rows { get; } =
    [
        new(AlertRule.EyesClosed, AlertLevel.Emergency, 10, SoundPatterns.SleepEmergency, Lamp.RedBlinking,
            "eyes_closed.emergency", "Wake up! Stop now."),
        new(AlertRule.EyesClosed, AlertLevel.Alarm, 30, SoundPatterns.SleepAlarm, Lamp.RedBlinking,
            "eyes_closed.alarm", "Wake up!"),
        new(AlertRule.EyesClosed, AlertLevel.Warning, 50, SoundPatterns.SleepWarning, Lamp.Red,
            "eyes_closed.warning", "Eyes closed. Take a break."),
    ];

    public AlertLevel? Judge(in Scene scene, AlertLevel standing)
    {
        var driver = scene.Driver;
        var shut = driver.ShutFor > driver.DroppedFor ? driver.ShutFor : driver.DroppedFor;
        var level = scene.Settings.ForEyesClosed(scene.WhileMoving(shut));
        if (level > AlertLevel.None) return level;
        // Shut again, if not yet for long, calms nobody; nor do eyes that cannot be seen.
        return shut >= LongerThanBlink || driver.Eyes.Openness is null ? null : AlertLevel.None;
    }

    /// <summary>A timer speaks about this very moment, a score about the last second.</summary>
    public AlertExplanation Explain(in Scene scene, AlertLevel level)
    {
        var driver = scene.Driver;
        var score = scene.Scores.FatigueNow(driver.ShutFor);
        var confidence = driver.Eyes.Openness is null ? AlertExplanation.HeldConfidence : driver.Eyes.Quality;
        Reason shut = new("eyes_closed", driver.ShutFor.TotalSeconds, LimitOf(level, scene.Settings).TotalSeconds, "s");
        Reason[] measured = driver.Perclos60.Value is { } perclos ? [shut, new("perclos60", perclos, null, "share")] : [shut];
        return AlertExplanation.OfTimer(in scene, score, confidence, Unseen(driver), measured);
    }

    private static MissingReason Unseen(DriverTracker driver) =>
        !driver.IsFaceSeen ? MissingReason.NoFace
        : driver.Eyes.Openness is null ? MissingReason.EyesNotVisible
        : MissingReason.None;

    private static TimeSpan LimitOf(AlertLevel level, AlertSettings settings) => level switch
    {
        AlertLevel.Emergency => settings.EyesClosedEmergency,
        AlertLevel.Alarm => settings.EyesClosedAlarm,
        _ => settings.EyesClosedWarning,
    };
}
