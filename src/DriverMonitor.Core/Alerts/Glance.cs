using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Alerts;

/// <summary>
/// What a display says at a glance, decided from everything that is wrong at once. A warning about the road goes first; then
/// that nobody watches, or that nobody would hear it; "all well" is what is left.
/// </summary>
/// <param name="Level">Of the alert behind it; None where there is none.</param>
public readonly record struct Glance(GlanceState State, AlertLevel Level)
{
    /// <param name="alert">The most urgent alert that stands.</param>
    /// <param name="sight">What the newest picture showed.</param>
    /// <param name="lacking">The lasting statuses that have not recovered.</param>
    /// <param name="mayWatch">The driver has agreed to be watched by the camera.</param>
    /// <param name="hasJudged">Scores of at least one second are there.</param>
    public static Glance Of(
        StandingAlert alert, Sight sight, IReadOnlyCollection<StatusKind> lacking, bool mayWatch, bool hasJudged)
    {
        if (alert.Level >= AlertLevel.Warning) return new(StateOf(alert), alert.Level);
        if (!mayWatch || sight == Sight.Asleep || lacking.Any(Blinds)) return Without(GlanceState.NobodyWatches);
        if (lacking.Contains(StatusKind.BuzzerLost)) return Without(GlanceState.NoBuzzer);
        if (!hasJudged) return Without(GlanceState.Starting);
        if (sight == Sight.NoFrame) return Without(GlanceState.NobodyWatches);
        if (lacking.Any(IsOfCamera)) return Without(GlanceState.PoorView);
        return alert.Level > AlertLevel.None ? new(GlanceState.Hint, alert.Level) : Without(GlanceState.AllWell);
    }

    private static Glance Without(GlanceState state) => new(state, AlertLevel.None);

    private static bool IsOfCamera(StatusKind kind) => StatusFacts.Of(kind).Part == StatusPart.Camera;

    private static GlanceState StateOf(StandingAlert alert) =>
        alert.Rule == AlertRule.EyesClosed ? GlanceState.WakeUp
        : AlertTable.StateOf(alert.Rule) == "distraction" ? GlanceState.EyesOnRoad
        : AlertTable.StateOf(alert.Rule) == "fatigue" ? GlanceState.TakeBreak
        : GlanceState.Hint;

    private static bool Blinds(StatusKind kind) =>
        kind == StatusKind.CameraAsleep || StatusFacts.Of(kind).Blinds != Blindness.None;
}
