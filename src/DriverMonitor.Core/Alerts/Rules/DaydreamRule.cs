using System.Collections.Immutable;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Scoring;

namespace DriverMonitor.Core.Alerts;

/// <summary>A hint that the driver's mind wanders. Its score is experimental, so the rule stays silent while driving.</summary>
internal sealed class DaydreamRule : IAlertRule
{
    public AlertRule Rule => AlertRule.Daydream;
    public string Name => "daydream";
    public string State => "distraction";
    public AlertKind Kind => AlertKind.Hint;

    public ImmutableArray<AlertRow> Rows { get; } =
    [
        new(AlertRule.Daydream, AlertLevel.Notice, 140, SoundPatterns.Silence, Lamp.Amber,
            "daydream.notice", "Are you with the road?"),
    ];

    public AlertLevel? Judge(in Scene scene, AlertLevel standing) => AlertLevel.None;

    public AlertExplanation Explain(in Scene scene, AlertLevel level) =>
        AlertExplanation.OfState(scene.Scores.Scores.Daydream, new Explanation());
}
