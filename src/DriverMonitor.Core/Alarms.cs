using System.Collections.Immutable;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;

namespace DriverMonitor.Core;

/// <summary>From what is going on to which alerts stand, and why.</summary>
public sealed class Alarms(AlertSettings settings)
{
    private static readonly TimeSpan LongerThanBlink = TimeSpan.FromSeconds(0.4);

    private readonly AlertBoard _board = new(settings);

    /// <summary>The alert that speaks.</summary>
    public StandingAlert Standing => _board.Standing is { } row ? new(row.Level, row.Rule, _board.IsSilenced(row.Rule)) : StandingAlert.None;

    public void Step(TimeSpan at, DriverWatch driver, MotionWatch motion, EventList events)
    {
        if (motion.IsParked)
        {
            // Sleeping and looking around are fine in a vehicle that stands.
            StandDown(at, events);
            driver.ForgetGlances();
            return;
        }

        var off = motion.OffFor(at);
        Step(at, AlertRule.EyesClosed, EyesClosed(driver, off), driver, motion, events);
        Step(at, AlertRule.LongLookAway, LookAway(driver, off, motion.SpeedKmh), driver, motion, events);
        AlertLevel? many = driver.OnRoad is null ? null : settings.ForManyLookAways(driver.AwayInWindow, motion.SpeedKmh);
        Step(at, AlertRule.ManyLookAways, many, driver, motion, events);
    }

    private AlertLevel? EyesClosed(DriverWatch driver, TimeSpan off)
    {
        var level = settings.ForEyesClosed(Shorter(driver.ShutFor, off));
        if (level > AlertLevel.None) return level;
        // Shut again, if not yet for long, calms nobody; nor do eyes that cannot be seen.
        return driver.ShutFor >= LongerThanBlink || driver.Eyes.Openness is null ? null : AlertLevel.None;
    }

    private AlertLevel? LookAway(DriverWatch driver, TimeSpan off, double? speedKmh) =>
        driver.AwayFor > TimeSpan.Zero ? settings.ForLookAway(Shorter(driver.AwayFor, off), speedKmh)
        : driver.OnRoad is null ? null
        : AlertLevel.None;

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    /// <summary>The clock jumped or the driver is another one: what stood belongs to the past.</summary>
    public void Forget(TimeSpan at, EventList events)
    {
        StandDown(at, events);
        _board.RenewBudget();
    }

    private void Step(TimeSpan at, AlertRule rule, AlertLevel? wanted, DriverWatch driver, MotionWatch motion, EventList events)
    {
        var stood = _board.LevelOf(rule);
        switch (_board.Step(at, rule, wanted))
        {
            case LadderMove.Raised:
                events.Add(new MonitorEvent.Alert(at, AlertPhase.Raised, rule, _board.LevelOf(rule), Why(rule, driver, motion)));
                break;
            case LadderMove.Escalated:
                events.Add(new MonitorEvent.Alert(at, AlertPhase.Escalated, rule, _board.LevelOf(rule), Why(rule, driver, motion)));
                break;
            case LadderMove.Cleared:
                events.Add(new MonitorEvent.Alert(at, AlertPhase.Cleared, rule, stood, []));
                break;
        }
    }

    private void StandDown(TimeSpan at, EventList events)
    {
        for (var rule = AlertRule.EyesClosed; rule <= AlertRule.Daydream; rule++)
        {
            var stood = _board.LevelOf(rule);
            if (_board.StandDown(rule) == LadderMove.Cleared)
                events.Add(new MonitorEvent.Alert(at, AlertPhase.Cleared, rule, stood, []));
        }
    }

    private ImmutableArray<Reason> Why(AlertRule rule, DriverWatch driver, MotionWatch motion)
    {
        var why = ImmutableArray.CreateBuilder<Reason>(3);
        switch (rule)
        {
            case AlertRule.EyesClosed:
                why.Add(new("eyes_closed", driver.ShutFor.TotalSeconds, LimitOf(_board.LevelOf(rule)).TotalSeconds, "s"));
                break;
            case AlertRule.LongLookAway:
                why.Add(new("eyes_off_road", driver.AwayFor.TotalSeconds, settings.LookAwayLimit(motion.SpeedKmh)?.TotalSeconds, "s"));
                break;
            case AlertRule.ManyLookAways:
                why.Add(new("eyes_off_road_30s", driver.AwayInWindow.TotalSeconds, settings.ManyLookAways.TotalSeconds, "s"));
                break;
        }

        if (rule == AlertRule.EyesClosed && driver.Perclos60.Value is { } perclos) why.Add(new("perclos60", perclos, null, "share"));
        if (motion.SpeedKmh is { } speed) why.Add(new("speed", speed, null, "km/h"));
        return why.ToImmutable();
    }

    private TimeSpan LimitOf(AlertLevel level) => level switch
    {
        AlertLevel.Emergency => settings.EyesClosedEmergency,
        AlertLevel.Alarm => settings.EyesClosedAlarm,
        _ => settings.EyesClosedWarning,
    };
}
