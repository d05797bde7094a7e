using System.Collections.Immutable;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Alerts;

/// <summary>A phone in the driver's hand.</summary>
internal sealed class PhoneRule : IAlertRule
{
    public AlertRule Rule => AlertRule.Phone;
    public string Name => "phone";
    public string State => "distraction";
    public AlertKind Kind => AlertKind.Safety;

    public ImmutableArray<AlertRow> Rows { get; } =
    [
        new(AlertRule.Phone, AlertLevel.Warning, 70, SoundPatterns.LookWarning, Lamp.AmberBlinking,
            "phone.warning", "Put the phone away."),
    ];

    public AlertLevel? Judge(in Scene scene, AlertLevel standing)
    {
        var phone = scene.Driver.Phone;
        if (!phone.IsWatched(scene.At)) return null;
        var seen = phone.IsLikely(scene.At) ? scene.Settings.Phone : phone.SeenFor(scene.At);
        return scene.Settings.ForPhone(scene.WhileMoving(seen), scene.Motion.SpeedKmh);
    }

    /// <summary>How sure the detectors are is part of the alert: they are wrong more often than a timer is.</summary>
    public AlertExplanation Explain(in Scene scene, AlertLevel level)
    {
        var (driver, phone) = (scene.Driver, scene.Driver.Phone);
        var seen = phone.SeenFor(scene.At);
        Reason[] why = seen >= scene.Settings.Phone
            ? [new("phone", seen.TotalSeconds, scene.Settings.Phone.TotalSeconds, "s")]
            : [new("phone", phone.Confidence, PhoneUseTracker.LikelyFrom, "share"), Agreeing(scene)];
        return AlertExplanation.OfTimer(
            in scene, scene.Distraction, phone.Confidence, driver.IsFaceSeen ? MissingReason.None : MissingReason.NoFace, why);
    }

    private static Reason Agreeing(in Scene scene) =>
        scene.Driver.Phone.IsAtEar ? new("hand_at_ear", 1, null, "share")
        : new("eyes_off_road", scene.Driver.AwayFor.TotalSeconds, null, "s");
}
