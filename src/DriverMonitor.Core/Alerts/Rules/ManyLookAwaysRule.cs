using System.Collections.Immutable;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Alerts;

/// <summary>Short glances away that add up.</summary>
internal sealed class ManyLookAwaysRule : IAlertRule
{
    public AlertRule Rule => AlertRule.ManyLookAways;
    public string Name => "many_look_aways";
    public string State => "distraction";
    public AlertKind Kind => AlertKind.Safety;

    public ImmutableArray<AlertRow> Rows { get; } =
    [
        new(AlertRule.ManyLookAways, AlertLevel.Warning, 90, SoundPatterns.LookWarning, Lamp.AmberBlinking,
            "many_look_aways.warning", "Many glances away. Look at the road."),
    ];

    public AlertLevel? Judge(in Scene scene, AlertLevel standing) =>
        scene.Driver.OnRoad is null ? null : scene.Settings.ForManyLookAways(scene.Driver.AwayInWindow, scene.Motion.SpeedKmh);

    public AlertExplanation Explain(in Scene scene, AlertLevel level) => AlertExplanation.OfTimer(
        in scene, scene.Distraction, scene.GazeConfidence, scene.Driver.IsFaceSeen ? MissingReason.None : MissingReason.NoFace,
        new Reason("eyes_off_road_30s", scene.Driver.AwayInWindow.TotalSeconds, scene.Settings.ManyLookAways.TotalSeconds, "s"));
}
