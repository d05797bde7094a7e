using System.Text;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;
using DriverMonitor.Vehicle;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Vehicle;

/// <summary>A gateway and satellites together: each is passed on as what it said, and no longer than it may hold.</summary>
public sealed class TwoSourcesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly MqttVehicle _gateway;
    private readonly GpsdVehicle _satellites;
    private readonly TwoSources _both;
    private readonly VehicleMotionTracker _motion = new();
    private TimeSpan _at;

    public TwoSourcesTests()
    {
        (_gateway, _satellites) = (new(_time, keepsPosition: false), new(_time, keepsPosition: false));
        _both = new(_gateway, _satellites);
    }

    [Fact]
    public void Off_is_believed_for_half_a_day_and_not_for_ever_while_satellites_speak()
    {
        _gateway.Handle("""{"speedKmh":0,"ignition":false}"""u8);
        Pass(TimeSpan.FromHours(11.9));
        Assert.True(_motion.IsParked);
        Pass(TimeSpan.FromHours(0.2));
        Assert.Equal(0, _motion.SpeedKmh);
        Satellites(30);
        Step();
        Assert.Equal(30, _motion.SpeedKmh!.Value, precision: 6);
    }

    [Fact]
    public void A_gateway_that_comes_back_is_believed_again()
    {
        _gateway.Handle("""{"ignition":false}"""u8);
        Pass(TimeSpan.FromHours(12.1));
        _gateway.Handle("""{"speedKmh":12}"""u8);
        Step();
        Assert.Equal(12, _motion.SpeedKmh);
    }

    [Fact]
    public void A_gateway_that_falls_silent_leaves_the_speed_to_the_satellites()
    {
        _gateway.Handle("""{"speedKmh":0}"""u8);
        Step();
        Assert.Equal(0, _motion.SpeedKmh);
        for (var second = 0; second < 5; second++)
        {
            Satellites(54);
            Step();
        }

        Assert.Equal(54, _motion.SpeedKmh!.Value, precision: 6);
    }

    private void Pass(TimeSpan span)
    {
        for (var end = _at + span; _at < end;)
        {
            Satellites(0);
            Step();
        }
    }

    private void Step()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        _at += TimeSpan.FromSeconds(1);
        _motion.Step(_at, _both.Read(_at));
    }

    private void Satellites(double kmh) => _satellites.Handle(GpsdReport.Read(Encoding.UTF8.GetBytes(
        FormattableString.Invariant($$"""{"class":"TPV","device":"a","mode":3,"speed":{{kmh / 3.6}}}""")))!);
}
