using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Web;

namespace DriverMonitor.Tests.Web;

/// <summary>What the page remembers, and what it costs while nobody looks.</summary>
public sealed class PageSinkTests
{
    private readonly PageSink _sink = new();

    [Fact]
    public void An_alert_is_kept_with_its_rise_its_end_and_the_drivers_word()
    {
        Happens(
            10,
            new MonitorEvent.Alert(
                S(10),
                AlertPhase.Raised,
                AlertRule.EyesClosed,
                AlertLevel.Warning,
                [new("eyes_closed", 1.5, 1.5, "s")]));
        Happens(12, new MonitorEvent.Alert(S(12), AlertPhase.Escalated, AlertRule.EyesClosed, AlertLevel.Alarm, []));
        Happens(14, new MonitorEvent.Alert(S(14), AlertPhase.Cleared, AlertRule.EyesClosed, AlertLevel.None, []));
        Happens(20, new MonitorEvent.Dispute(S(20), AlertRule.EyesClosed, AlertLevel.Alarm, S(10)));

        var alert = Assert.Single(_sink.Day().Alerts);

        Assert.Equal((10.0, 3, 14.0, true), (alert.At, alert.Level, alert.EndedAt, alert.Disputed));
        Assert.Equal("eyes_closed", Assert.Single(alert.Why).Cue);
    }

    [Fact]
    public void An_alert_that_rose_is_told_by_its_newest_reason()
    {
        Happens(10, new MonitorEvent.Alert(S(10), AlertPhase.Raised, AlertRule.EyesClosed, AlertLevel.Warning, [new("eyes_closed", 1.5, 1.5, "s")]));
        _sink.Emit(
            new(S(12)),
            new(S(12), default, new(AlertLevel.Alarm, AlertRule.EyesClosed),
                [new MonitorEvent.Alert(S(12), AlertPhase.Escalated, AlertRule.EyesClosed, AlertLevel.Alarm, [new("eyes_closed", 3, 3, "s")])]));

        var now = _sink.Now(["camera"], aiming: false);

        Assert.Equal(new PageGlance("wake_up", 3), now.Glance);
        Assert.Equal(("fatigue", 10.0, 3.0), (now.Alert!.State, now.Alert.Since, Assert.Single(now.Alert.Why).Value));
        Assert.Equal(3.0, Assert.Single(Assert.Single(_sink.Day().Alerts).Why).Value);
    }

    [Fact]
    public void Any_alert_of_the_day_can_be_disputed_until_another_driver_sits_there()
    {
        foreach (var second in new[] { 10, 20, 30 })
            Happens(second, new MonitorEvent.Alert(S(second), AlertPhase.Raised, AlertRule.EyesClosed, AlertLevel.Warning, []));

        Assert.Equal(new AlertName("eyes_closed", S(20)), _sink.Disputable(2));
        Happens(40, new MonitorEvent.Dispute(S(40), AlertRule.EyesClosed, AlertLevel.Warning, S(20)));
        Assert.Equal([false, true, false], _sink.Day().Alerts.Select(alert => alert.Disputed));
        Assert.Equal((null, null), (_sink.Disputable(2), _sink.Disputable(4)));

        Happens(50, new MonitorEvent.Status(S(50), StatusKind.DriverChanged));
        Assert.Null(_sink.Disputable(3));
    }

    [Fact]
    public void A_long_day_does_not_grow_without_end()
    {
        for (var i = 0; i < 3000; i++)
            Happens(
                i,
                new MonitorEvent.Alert(S(i), AlertPhase.Raised, AlertRule.Phone, AlertLevel.Warning, []),
                new MonitorEvent.Nod(S(i), S(i), S(1)));

        var day = _sink.Day();

        Assert.InRange(day.Alerts.Count, 1, 500);
        Assert.InRange(day.Happenings.Count, 1, 500);
        Assert.Equal(2999, day.Alerts[^1].At);
    }

    [Fact]
    public void What_is_lost_and_found_is_told_while_it_is_lost()
    {
        Happens(1, new MonitorEvent.Status(S(1), StatusKind.CameraCovered));
        Assert.Equal(["camera_covered"], _sink.Lacking);
        Happens(2, new MonitorEvent.Status(S(2), StatusKind.Recovered, "camera_covered"));
        Assert.Empty(_sink.Lacking);
    }

    [Fact]
    public void While_nobody_looks_a_step_costs_no_memory_and_no_reasons_are_kept()
    {
        var pipeline = new MonitorPipeline(new MonitorSettings());
        var at = 0.0;
        for (var warm = 0; warm < 30 && Drive() > 0; warm++) { }

        Assert.Equal(0, Drive());
        Assert.Null(_sink.Now([], aiming: false).Scores);
        using (_sink.Watch())
        {
            Drive();
            Assert.NotNull(_sink.Now([], aiming: false).Scores);
        }

        long Drive()
        {
            long spent = 0;
            for (var i = 0; i < 200; i++)
            {
                var seen = new Observation(S(at += 1 / 15.0), FaceReading.NoFace);
                var outcome = pipeline.Step(seen);
                if (!outcome.Events.IsDefaultOrEmpty) continue;
                var before = GC.GetAllocatedBytesForCurrentThread();
                _sink.Emit(seen, outcome);
                spent += GC.GetAllocatedBytesForCurrentThread() - before;
            }

            return spent;
        }
    }

    private void Happens(double at, params MonitorEvent[] events) =>
        _sink.Emit(new(S(at)), new(S(at), default, StandingAlert.None, [.. events]));

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}
