using DriverMonitor.Core.Features;
using DriverMonitor.Core.Scoring;

namespace DriverMonitor.Core.Alerts;

/// <summary>Everything that an alert can be judged by, and explained by.</summary>
internal readonly record struct Scene(
    TimeSpan At, DriverTracker Driver, VehicleMotionTracker Motion, DriverStateEstimator Scores, AlertSettings Settings)
{
    /// <summary>The part of a duration that the vehicle was moving.</summary>
    public TimeSpan WhileMoving(TimeSpan lasting) => Motion.OffFor(At) is var off && lasting < off ? lasting : off;

    /// <summary>No braking and no manoeuvre of late: the driver has time to read a hint.</summary>
    public bool IsQuiet =>
        Motion.BrakedFor(At) >= Settings.HintAfterBraking && Motion.SteeredFor(At) >= Settings.HintAfterSteering;

    public double Distraction => Scores.DistractionNow(At, Driver, Motion);

    public double GazeConfidence => Driver.OnRoad is null ? AlertExplanation.HeldConfidence : 1;
}
