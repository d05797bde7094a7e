using System.Collections.Immutable;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Alerts;

/// <summary>A hint that the driver is angry.</summary>
internal sealed class AngerRule : IAlertRule
{
    public AlertRule Rule => AlertRule.Anger;
    public string Name => "anger";
    public string State => "anger";
    public AlertKind Kind => AlertKind.Hint;
    public Modalities ExtraConsent => Modalities.Anger;

    public ImmutableArray<AlertRow> Rows { get; } =
    [
        new(AlertRule.Anger, AlertLevel.Notice, 120, SoundPatterns.Silence, Lamp.Amber,
            "anger.notice", "Take a breath. Keep your distance."),
    ];

    public AlertLevel? Judge(in Scene scene, AlertLevel standing) =>
        HintLevel.Of(scene.Scores.Scores.Anger, standing, scene.IsQuiet);

    public AlertExplanation Explain(in Scene scene, AlertLevel level) =>
        AlertExplanation.OfState(scene.Scores.Scores.Anger, scene.Scores.Scores.AngerWhy);
}
