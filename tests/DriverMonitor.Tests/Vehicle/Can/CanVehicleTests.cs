using DriverMonitor.Core.Can;
using DriverMonitor.Core.Signals;
using DriverMonitor.Vehicle.Can;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Vehicle.Can;

/// <summary>Frames become readings, each value by itself, and what is not said any more is unknown.</summary>
public sealed class CanVehicleTests
{
    private static readonly CanSettings All = new()
    {
        Interface = "can0",
        Signals = new()
        {
            ["Speed"] = "0x100 0|16@1- (0.01,0) [-100|400]",
            ["Ignition"] = "0x130 0|4@1+ =4,5",
            ["Steering"] = "0x200 7|16@0- (0.1,0)",
            ["IndicatorLeft"] = "0x300 0|1@1+",
            ["IndicatorRight"] = "0x300 1|1@1+",
            ["Wipers"] = "0x301 0|2@1+",
            ["Door"] = "0x302 7|1@0+",
        },
    };

    private readonly FakeTimeProvider _time = new();
    private readonly CanVehicle _vehicle;

    public CanVehicleTests() => _vehicle = new(CanSignals.Of(All), _time);

    public static TheoryData<string, string[], VehicleReading?> Frames => new()
    {
        { "another frame says nothing", ["111#8813"], null },
        { "speed", ["100#8813"], new(50) },
        { "of a speed backwards the amount counts", ["100#18FC"], new(10) },
        { "too short for a speed", ["100#88"], null },
        { "ignition in the first position is off", ["130#03"], new(null, IgnitionOn: false) },
        { "ignition on", ["130#04"], new(null, IgnitionOn: true) },
        { "the wheel to the left", ["200#FF9C"], new(null, -10) },
        { "left indicator", ["300#01"], new(null, Indicator: Indicator.Left) },
        { "right indicator", ["300#02"], new(null, Indicator: Indicator.Right) },
        { "hazard lights show no turn", ["300#03"], new(null, Indicator: Indicator.Off) },
        { "no indicator", ["300#00"], new(null, Indicator: Indicator.Off) },
        { "wipers and door", ["301#01", "302#80"], new(null, WipersOn: true, DoorOpen: true) },
        { "wipers rest, door shut", ["301#00", "302#7F"], new(null, WipersOn: false, DoorOpen: false) },
        { "all at once", ["100#0000", "130#00", "200#0000"], new(0, 0, false) },
    };

    [Theory]
    [MemberData(nameof(Frames))]
    public void Frames_become_a_reading(string name, string[] frames, VehicleReading? expected)
    {
        foreach (var frame in frames) Say(frame);
        Assert.Equal((name, expected), (name, _vehicle.Read(default)));
    }

    [Fact]
    public void A_reading_is_new_once()
    {
        Say("100#8813");
        Assert.NotNull(_vehicle.Read(default));
        Assert.Null(_vehicle.Read(default));
    }

    [Fact]
    public void A_speed_that_is_not_said_again_is_unknown_while_the_rest_goes_on()
    {
        Say("100#8813");
        for (var second = 0; second < 3; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Say("130#04");
        }

        Assert.Equal(new VehicleReading(null, IgnitionOn: true), _vehicle.Read(default));
    }

    [Fact]
    public void A_bus_that_falls_silent_leaves_the_speed_unknown_and_says_so_once()
    {
        Say("100#8813");
        _vehicle.Read(default);
        _time.Advance(TimeSpan.FromSeconds(2.1));
        Assert.Equal(new VehicleReading(null), _vehicle.Read(default));
        Assert.Null(_vehicle.Read(default));
    }

    [Fact]
    public void A_vehicle_that_was_switched_off_stays_so_when_its_bus_sleeps()
    {
        Say("100#0000");
        Say("130#00");
        Assert.True(_vehicle.Read(default)!.Value.IsOff);
        _time.Advance(TimeSpan.FromHours(3));
        Assert.Null(_vehicle.Read(default));
        Say("130#04");
        Assert.Equal(new VehicleReading(null, IgnitionOn: true), _vehicle.Read(default));
    }

    [Fact]
    public void Not_available_ends_what_was_known_at_once()
    {
        var vehicle = new CanVehicle(CanSignals.Of(new()
            {
                Interface = "can0", Signals = new() { ["Speed"] = "0x100 0|16@1+ (0.01,0) [0|300]" },
            }), _time);
        vehicle.Handle(Frame("100#8813"));
        Assert.Equal(50, vehicle.Read(default)!.Value.SpeedKmh);
        vehicle.Handle(Frame("100#FFFF"));
        Assert.Equal(new VehicleReading(null), vehicle.Read(default));
    }

    [Fact]
    public void A_lamp_that_blinks_is_on_in_between()
    {
        for (var flash = 0; flash < 10; flash++)
        {
            Say(flash % 2 == 0 ? "300#01" : "300#00");
            _time.Advance(TimeSpan.FromSeconds(0.5));
            Assert.NotEqual(Indicator.Off, (_vehicle.Read(default) ?? new(null, Indicator: Indicator.Left)).Indicator);
        }

        Say("300#00");
        _time.Advance(TimeSpan.FromSeconds(1.6));
        Assert.Equal(Indicator.Off, _vehicle.Read(default)!.Value.Indicator);
    }

    [Fact]
    public void Answers_of_the_engine_count_where_it_is_asked_and_the_bus_s_own_speed_outweighs_them()
    {
        var asked = new CanVehicle(CanSignals.Of(All with { ObdRequests = true }), _time);
        asked.Handle(Frame("7E8#03410D32"));
        asked.Handle(Frame("7E8#04410C0FA0"));
        Assert.Equal(new VehicleReading(50, IgnitionOn: true), asked.Read(default));
        asked.Handle(Frame("100#0000"));
        Assert.Equal(0, asked.Read(default)!.Value.SpeedKmh);

        Say("7E8#03410D32");
        Assert.Null(_vehicle.Read(default));
    }

    [Fact]
    public void A_frame_costs_no_memory()
    {
        var frames = new[] { Frame("100#8813"), Frame("300#01"), Frame("7FF#0011223344556677"), Frame("200#FF9C") };
        Drive(frames, 10_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Drive(frames, 10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Drive(CanFrame[] frames, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _vehicle.Handle(frames[i % frames.Length]);
            _vehicle.Read(default);
        }
    }

    private void Say(string frame) => _vehicle.Handle(Frame(frame));

    private static CanFrame Frame(string text) => CandumpLine.Parse($"(0.0) can0 {text}")!.Value.Frame;
}
