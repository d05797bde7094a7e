using System.Collections.Immutable;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;
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
