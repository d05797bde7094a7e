using System.Collections.Immutable;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Scoring;

namespace DriverMonitor.Core.Alerts;

/// <summary>Advice to take a break.</summary>
internal sealed class FatigueRule : IAlertRule
{
    public AlertRule Rule => AlertRule.Fatigue;
    public string Name => "fatigue";
    public string State => "fatigue";
    public AlertKind Kind => AlertKind.Advice;

    public ImmutableArray<AlertRow> Rows { get; } =
    [
        new(AlertRule.Fatigue, AlertLevel.Alarm, 80, SoundPatterns.BreakAlarm, Lamp.Red,
            "fatigue.alarm", "Very tired. Stop at the next safe place."),
        new(AlertRule.Fatigue, AlertLevel.Warning, 100, SoundPatterns.BreakWarning, Lamp.Amber,
            "fatigue.warning", "Tired. Take a break soon."),
        new(AlertRule.Fatigue, AlertLevel.Notice, 110, SoundPatterns.Silence, Lamp.Amber,
            "fatigue.notice", "Signs of tiredness."),
    ];

    /// <summary>The steps of tiredness are those of the alert; what cannot be judged neither raises nor calms it.</summary>
    public AlertLevel? Judge(in Scene scene, AlertLevel standing) => scene.Scores.Scores.Fatigue.Level switch
    {
        StateLevel.Unknown => null,
        StateLevel.Watch => AlertLevel.Notice,
        StateLevel.Warn => AlertLevel.Warning,
        StateLevel.Critical => AlertLevel.Alarm,
        _ => AlertLevel.None,
    };

    public AlertExplanation Explain(in Scene scene, AlertLevel level) =>
        AlertExplanation.OfState(scene.Scores.Scores.Fatigue, scene.Scores.Scores.FatigueWhy);
}
