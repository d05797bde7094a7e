using System.Collections.Immutable;
using DriverMonitor.Core.Events;
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
        return scene.Settings.ForPhone(scene.WhileMoving(phone.SeenFor(scene.At)), scene.Motion.SpeedKmh);
    }

    public AlertExplanation Explain(in Scene scene, AlertLevel level) => AlertExplanation.OfTimer(
        in scene, scene.Distraction, scene.GazeConfidence, scene.Driver.IsFaceSeen ? MissingReason.None : MissingReason.NoFace,
        new Reason("phone", scene.Driver.Phone.SeenFor(scene.At).TotalSeconds, scene.Settings.Phone.TotalSeconds, "s"));
}
