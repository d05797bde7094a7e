using System.Diagnostics;
using DriverMonitor.Core.Signals;
using DriverMonitor.Devices;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Devices;

/// <summary>
/// Registers of any bytes: a reading that can be, or none, whatever the kind; what a driver throws is the worker's to contain.
/// </summary>
public sealed class HostileDeviceTests
{
    /// <summary>Drivers wait for their devices: in the short form a few rounds each, in the long form a minute each.</summary>
    private static readonly TimeSpan Budget = LongForm.IsWanted ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(0.3);

    public static TheoryData<string> Kinds => [.. Enum.GetNames<DeviceKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Registers_of_any_bytes_become_readings_that_can_be(string kind)
    {
        var (random, time) = (new Random(6), new FakeTimeProvider());
        var cab = new CabSensors(time);
        using var fake = new FakeDevice(Enum.Parse<DeviceKind>(kind));
        double? charge = null;
        var factory = new DeviceFactory(
            new(time, isKept: () => false), cab, new(time), ringLights: 12, (_, percent) => charge = percent, fake.Buses);
        IPolledDevice? device = null;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Fuzz.Rounds && Stopwatch.GetElapsedTime(started) < Budget; i++)
        {
            if (i % 8 != 0)
            {
                fake.Garble(count =>
                {
                    var bytes = new byte[count];
                    random.NextBytes(bytes);
                    return bytes;
                });
            }

            try
            {
                device ??= factory.Open(fake.Place);
                device.Poll();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Assert.InRange(DeviceTrouble.Describe(fake.Place, e).Length, 1, 300);
                device = null;
            }

            time.Advance(TimeSpan.FromSeconds(1));
            Check(cab.Take() ?? default);
            Assert.InRange(charge ?? 0, 0, 100);
        }
    }

    private static void Check(CabReading said)
    {
        Assert.InRange(said.AmbientLux ?? 0, 0, 190_000);
        Assert.InRange(said.Co2Ppm ?? 400, 300, 40_000);
        Assert.InRange(said.TemperatureCelsius ?? 20, -40, 85);
        Assert.InRange(said.VibrationG ?? 0, 0, 20);
        Assert.InRange(said.HorizontalG ?? 0, 0, 40);
    }
}
