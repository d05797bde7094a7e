using System.Numerics;
using DriverMonitor.Core.Signals;
using DriverMonitor.Devices;
using DriverMonitor.Tests.Support;
using DriverMonitor.Time;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Devices;

/// <summary>The sensors' registers, as their data sheets say, become readings; clocks are read, believed and set.</summary>
public sealed class SensorTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 21, 15, 42, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero));
    private readonly CabSensors _cab;

    public SensorTests() => _cab = new(_time);

    [Fact]
    public void A_max44009_says_the_light()
    {
        // Exponent 8, mantissa 0x81: 2^8 * 129 * 0.045 lux.
        Poll(new LightSensor(DeviceKind.Max44009, new RegisterI2c { Registers = { [3] = 0x88, [4] = 0x01 } }, _cab));
        Assert.Equal(256 * 0x81 * 0.045, _cab.Take()!.Value.AmbientLux!.Value, tolerance: 20);
    }

    [Fact]
    public void A_bh1750_says_the_light()
    {
        Poll(new LightSensor(DeviceKind.Bh1750, new RegisterI2c { Answer = _ => [0x83, 0x90] }, _cab));
        Assert.Equal(0x8390 / 1.2, _cab.Take()!.Value.AmbientLux!.Value, tolerance: 1);
    }

    // Daylight, a bulb, an infrared lamp: what the visible share of the light is, by the data sheet's formulas.
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1000, 100, 27.9)]
    [InlineData(1000, 400, 13.2)]
    [InlineData(1000, 600, 3.8)]
    [InlineData(1000, 1400, 0)]
    [InlineData(65535, 65535, 22.3)]
    public void A_tsl2561_tells_visible_light_from_infrared(int both, int infrared, double lux)
    {
        var bus = new RegisterI2c
        {
            Registers =
            {
                [0xAC] = (byte)both, [0xAD] = (byte)(both >> 8), [0xAE] = (byte)infrared, [0xAF] = (byte)(infrared >> 8),
            },
        };
        Poll(new LightSensor(DeviceKind.Tsl2561, bus, _cab));
        Assert.Equal(lux, _cab.Take()!.Value.AmbientLux!.Value, tolerance: 0.1);
    }

    // Bits 4 and 5 its own socket, 6 and 7 the header: 0 nothing, 1 bad, 2 weak, 3 there.
    [Theory]
    [InlineData(0x30, false)]
    [InlineData(0xC0, false)]
    [InlineData(0x20, false)]
    [InlineData(0x00, true)]
    [InlineData(0x50, true)]
    public void A_pijuice_says_whether_its_supply_is_gone(byte status, bool isAbsent)
    {
        byte[] Summed(params byte[] bytes) => [.. bytes, bytes.Aggregate((byte)0xFF, (sum, one) => (byte)(sum ^ one))];
        var bus = new RegisterI2c
        {
            Answer = asked => asked[0] switch { 0x40 => Summed(status), 0x41 => Summed(83), _ => Summed(0x14, 0) },
        };
        var told = new List<(bool, double?)>();
        Poll(new PiJuiceSupply(bus, (absent, charge) => told.Add((absent, charge))));
        Assert.Equal([(isAbsent, 83.0)], told);
    }

    [Fact]
    public void A_sensor_of_the_air_that_measures_nothing_is_told()
    {
        var bus = new RegisterI2c { Answer = asked => asked[0] == 0xE4 ? [0x80, 0x00, 0xA2] : null };
        using var air = AirSensor.OnI2c(bus, _cab);
        for (var i = 0; i < 5; i++) air.Poll();
        Assert.Null(_cab.Take()?.Co2Ppm);
        Assert.Contains("it measures nothing", Assert.Throws<DeviceException>(air.Poll).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hardest_move_since_the_last_reading_counts()
    {
        _cab.SetHorizontal(0.1);
        _cab.SetHorizontal(0.6);
        _cab.SetHorizontal(0.2);
        Assert.Equal(0.6, _cab.Take()!.Value.HorizontalG);
        _time.Advance(TimeSpan.FromSeconds(1));
        _cab.SetHorizontal(0.05);
        Assert.Equal(0.05, _cab.Take()!.Value.HorizontalG);
    }

    // Mounted upright, on its side and askew: braking is felt, a bump of the road and a pass road are not.
    [Theory]
    [InlineData(0, 0, 1, 0.5f, 0, 0, 0.5)]
    [InlineData(1, 0, 0, 0, 0, 0.5f, 0.5)]
    [InlineData(0.6f, 0, 0.8f, 0, 0.4f, 0, 0.4)]
    [InlineData(0, 0, 1, 0, 0, 0.5f, 0)]
    public void A_hard_move_is_felt_however_the_sensor_is_mounted(
        float x, float y, float z, float addedX, float addedY, float addedZ, double g)
    {
        var (meter, down) = (new HorizontalAccelerationMeter(), new Vector3(x, y, z));
        for (var i = 0; i < 10; i++) Assert.Equal(0, meter.Add(TimeSpan.FromSeconds(i * 0.35), down), 1e-6);
        Assert.Equal(g, meter.Add(TimeSpan.FromSeconds(3.5), down + new Vector3(addedX, addedY, addedZ)), 1e-3);
    }

    [Fact]
    public void A_reading_is_new_once_and_old_after_a_while()
    {
        _cab.SetLight(3);
        _cab.SetAir(800, 21);
        Assert.Equal(new CabReading(3, 800, 21), _cab.Take());
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(_cab.Take());
        _cab.SetLight(double.NaN);
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(new CabReading(), _cab.Take());
    }

    [Theory]
    [InlineData(1, 0, 0.0)]
    [InlineData(1, 0.1f, 0.1)]
    [InlineData(0.98f, 0.01f, 0.01)]
    // Nothing connected, a wire loose: no gravity.
    [InlineData(0, 0, null)]
    [InlineData(0, 0.2f, null)]
    [InlineData(16, 0, null)]
    public void Shaking_is_told_from_gravity(float gravity, float shake, double? g)
    {
        var samples = Enumerable.Range(0, 32).Select(i => new Vector3(0, i % 2 == 0 ? shake : -shake, gravity)).ToArray();
        var measured = VibrationMeter.Measure(samples);
        if (g is { } expected) Assert.Equal(expected, measured!.Value, precision: 4);
        else Assert.Null(measured);
    }

    [Fact]
    public void A_clock_with_a_battery_says_the_time_of_day_where_no_network_does()
    {
        var clock = new ClockQuality(_time, isKept: () => false);
        Poll(new RtcDevice(DeviceKind.Ds3231, Ds3231(), clock));
        var wall = clock.ReadTimeOfDay();
        Assert.True(wall.Trusted);
        Assert.Equal(Now, wall.Local.ToUniversalTime(), TimeSpan.FromSeconds(1));
        // Events are not stamped by it, and our own clock is known to be wrong.
        Assert.False(clock.IsTrusted);
        Assert.Equal(Now, clock.Floor);
    }

    [Fact]
    public void One_whose_battery_was_empty_is_not_believed()
    {
        var (bus, clock) = (Ds3231(), new ClockQuality(_time, isKept: () => false));
        bus.Registers[0x0F] = 0x80;
        Poll(new RtcDevice(DeviceKind.Ds3231, bus, clock));
        Assert.False(clock.ReadTimeOfDay().Trusted);
    }

    [Theory]
    [InlineData(0x00, "it was never set")]
    [InlineData(0x99, "it is decades ahead")]
    public void One_that_cannot_be_right_is_not_believed(byte year, string why)
    {
        var (bus, clock) = (Ds3231(), new ClockQuality(_time, isKept: () => false));
        bus.Registers[6] = year;
        Poll(new RtcDevice(DeviceKind.Ds3231, bus, clock));
        Assert.False(clock.ReadTimeOfDay().Trusted, why);
    }

    [Theory]
    [InlineData(0x80)]
    [InlineData(0x00)]
    public void It_is_set_by_a_time_that_is_trusted_and_believed_from_then_on(byte status)
    {
        var bus = new RegisterI2c { Registers = { [0x04] = 0x01, [0x05] = 0x01, [0x0F] = status } };
        _time.SetUtcNow(Now);
        Poll(new RtcDevice(DeviceKind.Ds3231, bus, new(_time, isKept: () => true)));
        var set = bus.Registers;
        Assert.Equal((0x42, 0x15, 0x21, 0x30, 0x26), (set[0], set[1], set[2], set[4], set[6]));
        Assert.Equal(0, bus.Registers[0x0F] & 0x80);

        var next = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero));
        var clock = new ClockQuality(next, isKept: () => false);
        Poll(new RtcDevice(DeviceKind.Ds3231, bus, clock));
        Assert.Equal(Now, clock.ReadTimeOfDay().Local.ToUniversalTime(), TimeSpan.FromSeconds(1));
    }

    /// <summary>At <see cref="Now"/>, in binary-coded decimals; the month with the bit of this century.</summary>
    private static RegisterI2c Ds3231() => new()
    {
        Registers = { [0] = 0x42, [1] = 0x15, [2] = 0x21, [3] = 0x01, [4] = 0x30, [5] = 0x91, [6] = 0x26 },
    };

    private static void Poll(IPolledDevice device)
    {
        using (device) device.Poll();
    }
}
