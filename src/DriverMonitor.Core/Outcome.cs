using System.Collections.Immutable;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Scoring;

namespace DriverMonitor.Core;

/// <summary>What one <see cref="MonitorPipeline.Step"/> concluded.</summary>
/// <param name="At">Time since the start, of the observation judged.</param>
/// <param name="Measures">What this frame measured, for traces and pages.</param>
/// <param name="Alert">The alert that stands now: the buzzer and the lamp follow it.</param>
/// <param name="Events">What happened in this step, in order; mostly empty.</param>
/// <param name="Scores">Of the second that this step ended; null in the steps between. Filled anew in place every second.</param>
public readonly record struct Outcome(
    TimeSpan At, FrameMeasures Measures, StandingAlert Alert, ImmutableArray<MonitorEvent> Events, Scores? Scores = null);

/// <summary>The frame's measures after they were made relative to the person; null where it cannot be said.</summary>
/// <param name="Closure">0 open to 1 shut, both eyes combined.</param>
/// <param name="EyesOnRoad">Null while neither gaze nor head is known.</param>
/// <param name="Perclos">Share of the last minute's valid time with closure of 0.8 and more.</param>
public readonly record struct FrameMeasures(double? Closure, bool? EyesOnRoad, double? Perclos);

/// <summary>The most urgent alert that stands, with the rule behind it; level None when all is well.</summary>
/// <param name="IsSilenced">Shown, not heard: advice of its kind was heard too often of late.</param>
public readonly record struct StandingAlert(AlertLevel Level, AlertRule Rule, bool IsSilenced = false)
{
    public static readonly StandingAlert None = new(AlertLevel.None, default);

    /// <summary>What the buzzer plays for it.</summary>
    public SoundPattern Sound => Level == AlertLevel.None || IsSilenced ? SoundPattern.Silence : AlertTable.Row(Rule, Level).Sound;

    /// <summary>What the lamp shows for it.</summary>
    public Lamp Lamp => Level == AlertLevel.None ? Lamp.Off : AlertTable.Row(Rule, Level).Lamp;
}
