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
        // Told as a look away, and as soon.
        if (driver.MayLookDown) return standing > AlertLevel.None ? null : AlertLevel.None;
        var shut = ShutFor(driver);
        var level = scene.Settings.ForEyesClosed(scene.WhileMoving(shut));
        if (level > AlertLevel.None) return level;
        // Shut again, if not yet for long, calms nobody; nor do eyes that cannot be seen.
        return shut >= LongerThanBlink || driver.AreEyesUnseen ? null : AlertLevel.None;
    }

    /// <summary>A timer speaks about this very moment, a score about the last second.</summary>
    public AlertExplanation Explain(in Scene scene, AlertLevel level)
    {
        var driver = scene.Driver;
        var shut = ShutFor(driver);
        var score = scene.Scores.FatigueNow(shut);
        var confidence = driver.Eyes.Openness is null ? AlertExplanation.HeldConfidence : driver.Eyes.Quality;
        Reason closed = new("eyes_closed", shut.TotalSeconds, LimitOf(level, scene.Settings).TotalSeconds, "s");
        Reason[] measured = driver.Perclos60.Value is { } perclos ? [closed, new("perclos60", perclos, null, "share")] : [closed];
        return AlertExplanation.OfTimer(in scene, score, confidence, Unseen(driver), measured);
    }

    /// <summary>
    /// Seen shut, fallen in light that hides how far, or of one who may be the driver: whichever is longest raises the alert and
    /// explains it.
    /// </summary>
    private static TimeSpan ShutFor(DriverTracker driver) =>
        Longer(driver.RivalShutFor, Longer(driver.ShutFor, driver.DroppedFor));

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

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
