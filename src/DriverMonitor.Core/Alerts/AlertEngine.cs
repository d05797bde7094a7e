using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Alerts;

/// <summary>From what is going on to which alerts stand: first the timers of the safety path, then advice and hints from the scores.</summary>
internal sealed class AlertEngine(AlertSettings settings)
{
    private static readonly TimeSpan LongerThanBlink = TimeSpan.FromSeconds(0.4);
    private static readonly AlertRule[] Hints = [AlertRule.Stress, AlertRule.Anger];

    private readonly AlertArbiter _board = new(settings);
    private readonly AlertReasons _reasons = new(settings);
    private readonly AlertHistory _said = new();

    /// <summary>The alert that speaks.</summary>
    public StandingAlert Standing => _board.Standing is { } row ? new(row.Level, row.Rule, _board.IsSilenced(row.Rule)) : StandingAlert.None;

    public void Step(TimeSpan at, DriverTracker driver, VehicleMotionTracker motion, DriverStateEstimator scores, EventList events)
    {
        if (motion.IsParked)
        {
            // Sleeping and looking around are fine in a vehicle that stands.
            StandDown(at, events);
            driver.ForgetGlances();
            return;
        }

        var off = motion.OffFor(at);
        var scene = new Scene(at, driver, motion, scores);
        Step(AlertRule.EyesClosed, EyesClosed(driver, off), in scene, events);
        Step(AlertRule.LongLookAway, LookAway(driver, off, motion.SpeedKmh), in scene, events);
        AlertLevel? many = driver.OnRoad is null ? null : settings.ForManyLookAways(driver.AwayInWindow, motion.SpeedKmh);
        Step(AlertRule.ManyLookAways, many, in scene, events);
        AlertLevel? phone = driver.Phone.IsWatched(at) ? settings.ForPhone(Min(driver.Phone.SeenFor(at), off), motion.SpeedKmh) : null;
        Step(AlertRule.Phone, phone, in scene, events);

        var now = scores.Scores;
        Step(AlertRule.Fatigue, Advice(now.Fatigue), in scene, events);
        var isQuiet = motion.BrakedFor(at) >= settings.HintAfterBraking && motion.SteeredFor(at) >= settings.HintAfterSteering;
        Step(AlertRule.Anger, Hint(AlertRule.Anger, now.Anger, isQuiet), in scene, events);

        // States that come together get one message: that of fatigue, or that of anger.
        Step(AlertRule.Stress, Hint(AlertRule.Stress, now.Stress, isQuiet && now.Mixed == MixedState.None), in scene, events);
    }

    /// <summary>The driver pressed the button: advice is no longer heard, and a hint that stands is the last one for a while.</summary>
    public void Acknowledge(TimeSpan at, DriverStateEstimator scores, EventList events)
    {
        _board.Acknowledge(at, scores.Scores.Fatigue.P);
        foreach (var hint in Hints)
        {
            if (_board.LevelOf(hint) == AlertLevel.None) continue;
            _board.SnoozeHints(at);
            StandDown(at, hint, events);
        }
    }

    /// <summary>The driver says that an alert was wrong.</summary>
    /// <param name="which">Null for the last one.</param>
    public void Dispute(TimeSpan at, AlertName? which, EventList events)
    {
        if ((which is { } name ? _said.Dispute(name) : _said.DisputeLast(at)) is { } alert)
            events.Add(new MonitorEvent.Dispute(at, alert.Rule, alert.Level, alert.At));
    }

    /// <summary>Hints about states that may not be judged any more end.</summary>
    public void Withdraw(TimeSpan at, Modalities allowed, EventList events)
    {
        if (!allowed.HasFlag(Modalities.Stress)) StandDown(at, AlertRule.Stress, events);
        if (!allowed.HasFlag(Modalities.Anger)) StandDown(at, AlertRule.Anger, events);
        if (!allowed.HasFlag(Modalities.Camera)) StandDown(at, events);
    }

    /// <summary>The clock jumped or the driver is another one: what stood belongs to the past.</summary>
    public void Reset(TimeSpan at, EventList events)
    {
        StandDown(at, events);
        _board.RenewBudget();
        _said.Reset();
    }

    private AlertLevel? EyesClosed(DriverTracker driver, TimeSpan off)
    {
        var shut = driver.ShutFor > driver.DroppedFor ? driver.ShutFor : driver.DroppedFor;
        var level = settings.ForEyesClosed(Min(shut, off));
        if (level > AlertLevel.None) return level;
        // Shut again, if not yet for long, calms nobody; nor do eyes that cannot be seen.
        return shut >= LongerThanBlink || driver.Eyes.Openness is null ? null : AlertLevel.None;
    }

    private AlertLevel? LookAway(DriverTracker driver, TimeSpan off, double? speedKmh) =>
        driver.AwayFor > TimeSpan.Zero ? settings.ForLookAway(Min(driver.AwayFor, off), speedKmh)
        : driver.OnRoad is null ? null
        : AlertLevel.None;

    /// <summary>The steps of tiredness are those of the alert; what cannot be judged neither raises nor calms it.</summary>
    private static AlertLevel? Advice(in StateScore fatigue) => fatigue.Level switch
    {
        StateLevel.Unknown => null,
        StateLevel.Watch => AlertLevel.Notice,
        StateLevel.Warn => AlertLevel.Warning,
        StateLevel.Critical => AlertLevel.Alarm,
        _ => AlertLevel.None,
    };

    /// <summary>Seen, never heard; begins only in a quiet moment.</summary>
    private AlertLevel? Hint(AlertRule rule, in StateScore state, bool isQuiet) =>
        state.Level == StateLevel.Unknown || state.Confidence <= 0 ? null
        : state.Level >= StateLevel.Watch && (isQuiet || _board.LevelOf(rule) > AlertLevel.None) ? AlertLevel.Notice
        : AlertLevel.None;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private void Step(AlertRule rule, AlertLevel? wanted, in Scene scene, EventList events)
    {
        var stood = _board.LevelOf(rule);
        switch (_board.Step(scene.At, rule, wanted, scene.Scores.Scores.Fatigue.P))
        {
            case LadderMove.Raised:
                Publish(AlertPhase.Raised, rule, in scene, events);
                break;
            case LadderMove.Escalated:
                Publish(AlertPhase.Escalated, rule, in scene, events);
                break;
            case LadderMove.Cleared:
                events.Add(new MonitorEvent.Alert(scene.At, AlertPhase.Cleared, rule, stood, []));
                break;
        }
    }

    private void Publish(AlertPhase phase, AlertRule rule, in Scene scene, EventList events)
    {
        var alert = _reasons.Alert(phase, rule, _board.LevelOf(rule), in scene);
        _said.Record(alert);
        events.Add(alert);
    }

    private void StandDown(TimeSpan at, EventList events)
    {
        for (var rule = AlertRule.EyesClosed; rule <= AlertRule.Daydream; rule++) StandDown(at, rule, events);
    }

    private void StandDown(TimeSpan at, AlertRule rule, EventList events)
    {
        var stood = _board.LevelOf(rule);
        if (_board.StandDown(rule) == LadderMove.Cleared) events.Add(new MonitorEvent.Alert(at, AlertPhase.Cleared, rule, stood, []));
    }
}
