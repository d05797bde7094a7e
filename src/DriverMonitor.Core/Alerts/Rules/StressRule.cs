using System.Collections.Immutable;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Alerts;

/// <summary>A hint that the driver is strained.</summary>
internal sealed class StressRule : IAlertRule
{
    public AlertRule Rule => AlertRule.Stress;
    public string Name => "stress";
    public string State => "stress";
    public AlertKind Kind => AlertKind.Hint;
    public Modalities ExtraConsent => Modalities.Stress;

    public ImmutableArray<AlertRow> Rows { get; } =
    [
        new(AlertRule.Stress, AlertLevel.Notice, 130, SoundPatterns.Silence, Lamp.Amber,
            "stress.notice", "Strained. A short break helps."),
    ];

    /// <summary>States that come together get one message: that of fatigue, or that of anger.</summary>
    public AlertLevel? Judge(in Scene scene, AlertLevel standing) =>
        HintLevel.Of(scene.Scores.Scores.Stress, standing, scene.IsQuiet && scene.Scores.Scores.Mixed == MixedState.None);

    public AlertExplanation Explain(in Scene scene, AlertLevel level) =>
        AlertExplanation.OfState(scene.Scores.Scores.Stress, scene.Scores.Scores.StressWhy);
}
