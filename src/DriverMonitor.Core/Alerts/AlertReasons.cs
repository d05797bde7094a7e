using System.Collections.Immutable;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Alerts;

/// <summary>Everything an alert can be explained by.</summary>
internal readonly record struct Scene(TimeSpan At, DriverTracker Driver, VehicleMotionTracker Motion, DriverStateEstimator Scores);

/// <summary>Says of an alert why it stands: the timer that ran out, or the score's strongest reasons; and how sure that is.</summary>
internal sealed class AlertReasons(AlertSettings settings)
{
    private const int Most = 3;

    // Eyes that are only held to be shut, or a glance that is only held to be away.
    private const double HeldConfidence = 0.4;

    public MonitorEvent.Alert Alert(AlertPhase phase, AlertRule rule, AlertLevel level, in Scene scene)
    {
        var (score, confidence) = Score(rule, in scene);
        return new(scene.At, phase, rule, level, Why(rule, level, in scene), score, confidence) { Limits = Limits(rule, in scene) };
    }

    private static ImmutableArray<MissingReason> Limits(AlertRule rule, in Scene scene)
    {
        var scores = scene.Scores.Scores;
        return rule switch
        {
            AlertRule.Fatigue => Once(scores.Fatigue.Limit, scores.FatigueWhy.Limits),
            AlertRule.Stress => Once(scores.Stress.Limit, scores.StressWhy.Limits),
            AlertRule.Anger => Once(scores.Anger.Limit, scores.AngerWhy.Limits),
            _ => Once(Unseen(rule, scene.Driver), scene.Motion.SpeedKmh is null ? [new("speed", MissingReason.SpeedUnknown)] : []),
        };
    }

    /// <summary>Eyes or a glance that are only held to be what they were when last seen.</summary>
    private static MissingReason Unseen(AlertRule rule, DriverTracker driver) =>
        !driver.IsFaceSeen ? MissingReason.NoFace
        : rule == AlertRule.EyesClosed && driver.Eyes.Openness is null ? MissingReason.EyesNotVisible
        : rule == AlertRule.LongLookAway && driver.OnRoad is null ? MissingReason.PoseUncertain
        : MissingReason.None;

    private static ImmutableArray<MissingReason> Once(MissingReason first, ReadOnlySpan<Limit> limits)
    {
        var once = ImmutableArray.CreateBuilder<MissingReason>();
        if (first != MissingReason.None) once.Add(first);
        foreach (ref readonly var limit in limits)
            if (!once.Contains(limit.Reason)) once.Add(limit.Reason);
        return once.ToImmutable();
    }

    /// <summary>A timer speaks about this very moment, a score about the last second.</summary>
    private static (double Score, double Confidence) Score(AlertRule rule, in Scene scene) => rule switch
    {
        AlertRule.EyesClosed => (scene.Scores.FatigueNow(scene.Driver.ShutFor),
            scene.Driver.Eyes.Openness is null ? HeldConfidence : scene.Driver.Eyes.Quality),
        AlertRule.LongLookAway or AlertRule.ManyLookAways or AlertRule.Phone => (scene.Scores.DistractionNow(scene.At, scene.Driver, scene.Motion),
            scene.Driver.OnRoad is null ? HeldConfidence : 1),
        AlertRule.Fatigue => Of(scene.Scores.Scores.Fatigue),
        AlertRule.Stress => Of(scene.Scores.Scores.Stress),
        AlertRule.Anger => Of(scene.Scores.Scores.Anger),
        _ => Of(scene.Scores.Scores.Daydream),
    };

    private static (double Score, double Confidence) Of(in StateScore state) => (state.P, state.Confidence);

    private ImmutableArray<Reason> Why(AlertRule rule, AlertLevel level, in Scene scene)
    {
        var (driver, scores) = (scene.Driver, scene.Scores.Scores);
        var why = ImmutableArray.CreateBuilder<Reason>(Most);
        switch (rule)
        {
            case AlertRule.EyesClosed:
                why.Add(new("eyes_closed", driver.ShutFor.TotalSeconds, LimitOf(level).TotalSeconds, "s"));
                if (driver.Perclos60.Value is { } perclos) why.Add(new("perclos60", perclos, null, "share"));
                break;
            case AlertRule.LongLookAway:
                why.Add(new("eyes_off_road", driver.AwayFor.TotalSeconds, settings.LookAwayLimit(scene.Motion.SpeedKmh)?.TotalSeconds, "s"));
                break;
            case AlertRule.ManyLookAways:
                why.Add(new("eyes_off_road_30s", driver.AwayInWindow.TotalSeconds, settings.ManyLookAways.TotalSeconds, "s"));
                break;
            case AlertRule.Phone:
                why.Add(new("phone", driver.Phone.SeenFor(scene.At).TotalSeconds, settings.Phone.TotalSeconds, "s"));
                break;
            case AlertRule.Fatigue:
                AddStrongest(scores.FatigueWhy, why);
                return why.ToImmutable();
            case AlertRule.Stress:
                AddStrongest(scores.StressWhy, why);
                return why.ToImmutable();
            case AlertRule.Anger:
                AddStrongest(scores.AngerWhy, why);
                return why.ToImmutable();
        }

        if (scene.Motion.SpeedKmh is { } speed) why.Add(new("speed", speed, null, "km/h"));
        return why.ToImmutable();
    }

    /// <summary>Measured facts that spoke for the state; what is only arithmetic explains nothing.</summary>
    private static void AddStrongest(Explanation all, ImmutableArray<Reason>.Builder why)
    {
        foreach (ref readonly var line in all.Lines)
        {
            if (line.Value is not { } value || line.LogOdds <= 0) continue;
            if (why.Count == Most) return;
            why.Add(new(line.Cue, value, null, line.Unit));
        }
    }

    private TimeSpan LimitOf(AlertLevel level) => level switch
    {
        AlertLevel.Emergency => settings.EyesClosedEmergency,
        AlertLevel.Alarm => settings.EyesClosedAlarm,
        _ => settings.EyesClosedWarning,
    };
}
