using System.Collections.Immutable;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Scoring;

namespace DriverMonitor.Core.Alerts;

/// <summary>Everything that an alert can be judged by, and explained by.</summary>
internal readonly record struct Scene(
    TimeSpan At, DriverTracker Driver, VehicleMotionTracker Motion, DriverStateEstimator Scores, AlertSettings Settings)
{
    /// <summary>Whoever was startled by the road looks and scowls otherwise for so long. Judgement.</summary>
    private static readonly TimeSpan ContextFor = TimeSpan.FromSeconds(5);

    /// <summary>The part of a duration that the vehicle was moving.</summary>
    public TimeSpan WhileMoving(TimeSpan lasting) => Motion.OffFor(At) is var off && lasting < off ? lasting : off;

    /// <summary>No braking and no manoeuvre of late: the driver has time to read a hint.</summary>
    public bool IsQuiet =>
        Motion.BrakedFor(At) >= Settings.HintAfterBraking && Motion.MovedHardFor(At) >= Settings.HintAfterBraking
        && Motion.SteeredFor(At) >= Settings.HintAfterSteering;

    /// <summary>
    /// What the vehicle did just before stands behind what the driver did. It raises and excuses nothing; whoever reads the alert
    /// may judge by it.
    /// </summary>
    public ImmutableArray<Reason> AddContext(ImmutableArray<Reason> why)
    {
        if (Motion.BrakedFor(At) <= ContextFor) return why.Add(new("hard_braking", Motion.BrakedBy, null, "m/s²"));
        return Motion.MovedHardFor(At) <= ContextFor ? why.Add(new("hard_motion", Motion.MovedHardBy, null, "g")) : why;
    }

    public double Distraction => Scores.DistractionNow(At, Driver, Motion);

    public double GazeConfidence => Driver.OnRoad is null ? AlertExplanation.HeldConfidence : 1;
}
