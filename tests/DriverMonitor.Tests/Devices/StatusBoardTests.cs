using System.Collections.Immutable;
using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Devices;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Devices;

/// <summary>Display and ring show one state; nothing is green that is not well.</summary>
public sealed class StatusBoardTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly StatusBoard _board;

    public StatusBoardTests() => _board = new(_time);

    [Fact]
    public void A_loop_that_hangs_is_shown_as_nobody_watching()
    {
        Step(Sight.Driver);
        Assert.Equal(GlanceState.AllWell, _board.Glance.State);
        _time.Advance(TimeSpan.FromSeconds(2.1));
        Assert.Equal(GlanceState.NobodyWatches, _board.Glance.State);
    }

    [Fact]
    public void The_most_urgent_is_shown_and_what_is_over_is_not()
    {
        Step(Sight.Driver, events: new MonitorEvent.Status(default, StatusKind.BuzzerLost));
        Assert.Equal(GlanceState.NoBuzzer, _board.Glance.State);
        Step(Sight.Driver, new(AlertLevel.Alarm, AlertRule.EyesClosed));
        Assert.Equal(GlanceState.WakeUp, _board.Glance.State);
        Step(Sight.Driver, events: new MonitorEvent.Status(default, StatusKind.Recovered, "buzzer_lost"));
        Assert.Equal(GlanceState.AllWell, _board.Glance.State);
    }

    [Theory]
    [InlineData(2.0, true)]
    [InlineData(400.0, false)]
    public void It_dims_in_the_dark(double lux, bool isNight)
    {
        _board.Emit(new Observation(default, Cab: new(lux)), new(default, default, StandingAlert.None, []));
        Assert.Equal(isNight, _board.IsNight);
    }

    [Fact]
    public void Every_state_has_a_word_that_fits_and_only_well_is_green()
    {
        foreach (var state in Enum.GetValues<GlanceState>())
        {
            var look = GlanceLook.Of(state);
            Assert.InRange(look.Word.Length, 1, 9);
            Assert.Equal(state == GlanceState.AllWell, look.Colour.G > look.Colour.R);
            var points = new byte[1024];
            BlockLetters.Draw(look.Word, points, 128);
            Assert.InRange(points.Sum(column => System.Numerics.BitOperations.PopCount(column)), 200, 4000);
        }
    }

    [Fact]
    public void A_display_shows_the_word_and_is_dark_afterwards()
    {
        var bus = new RegisterI2c(0x3C);
        using (var display = new StatusDisplay(bus, _board)) display.Poll();
        Assert.Contains(Assert.Single(bus.Writes, bytes => bytes[0] == 0x40).Skip(1), column => column != 0);
        Assert.Equal([0x00, 0xAE], bus.Writes[^1]);
    }

    private void Step(Sight sight, StandingAlert? alert = null, params ImmutableArray<MonitorEvent> events) => _board.Emit(
        new Observation(default, new FaceReading { Sight = sight }),
        new(default, default, alert ?? StandingAlert.None, events, new Scores()));
}
