using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Alerts;

/// <summary>From what is going on to which alerts stand.</summary>
internal sealed class AlertEngine(AlertSettings settings)
{
    private readonly AlertArbiter _board = new(settings);
    private readonly AlertHistory _said = new();

    /// <summary>The alert that speaks.</summary>
    public StandingAlert Standing =>
        _board.Standing is { } row ? new(row.Level, row.Rule, _board.IsSilenced(row.Rule)) : StandingAlert.None;

    public void Step(
        TimeSpan at, DriverTracker driver, VehicleMotionTracker motion, DriverStateEstimator scores, EventList events)
    {
        if (motion.IsParked)
        {
            // Sleeping and looking around are fine in a vehicle that stands.
            StandDown(at, events);
            driver.ResetGlances();
            return;
        }

        var scene = new Scene(at, driver, motion, scores, settings);
        foreach (var rule in AlertRules.All) Step(rule, in scene, events);
    }

    /// <summary>
    /// The driver pressed the button: advice is no longer heard, and a hint that stands is the last one for a while.
    /// </summary>
    public void Acknowledge(TimeSpan at, DriverStateEstimator scores, EventList events)
    {
        _board.Acknowledge(at, scores.Scores.Fatigue.P);
        foreach (var rule in AlertRules.Numbered)
        {
            if (rule.Kind != AlertKind.Hint || _board.LevelOf(rule.Rule) == AlertLevel.None) continue;
            _board.SnoozeHints(at);
            StandDown(at, rule.Rule, events);
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
        foreach (var rule in AlertRules.Numbered)
            if (!allowed.HasFlag(rule.ExtraConsent)) StandDown(at, rule.Rule, events);
        if (!allowed.HasFlag(Modalities.Camera)) StandDown(at, events);
    }

    /// <summary>The clock jumped or the driver is another one: what stood belongs to the past.</summary>
    public void Reset(TimeSpan at, EventList events)
    {
        StandDown(at, events);
        _board.RenewBudget();
        _said.Reset();
    }

    private void Step(IAlertRule rule, in Scene scene, EventList events)
    {
        var stood = _board.LevelOf(rule.Rule);
        switch (_board.Step(scene.At, rule.Rule, rule.Judge(in scene, stood), scene.Scores.Scores.Fatigue.P))
        {
            case LadderMove.Raised:
                Publish(AlertPhase.Raised, rule, in scene, events);
                break;
            case LadderMove.Escalated:
                Publish(AlertPhase.Escalated, rule, in scene, events);
                break;
            case LadderMove.Cleared:
                events.Add(new MonitorEvent.Alert(scene.At, AlertPhase.Cleared, rule.Rule, stood, []));
                break;
        }
    }

    private void Publish(AlertPhase phase, IAlertRule rule, in Scene scene, EventList events)
    {
        var level = _board.LevelOf(rule.Rule);
        var (score, confidence, why, limits) = rule.Explain(in scene, level);
        var alert = new MonitorEvent.Alert(
            scene.At, phase, rule.Rule, level, scene.AddContext(why), score, confidence) { Limits = limits };
        _said.Record(alert);
        events.Add(alert);
    }

    private void StandDown(TimeSpan at, EventList events)
    {
        foreach (var rule in AlertRules.Numbered) StandDown(at, rule.Rule, events);
    }

    private void StandDown(TimeSpan at, AlertRule rule, EventList events)
    {
        var stood = _board.LevelOf(rule);
        if (_board.StandDown(rule) == LadderMove.Cleared)
            events.Add(new MonitorEvent.Alert(at, AlertPhase.Cleared, rule, stood, []));
    }
}
