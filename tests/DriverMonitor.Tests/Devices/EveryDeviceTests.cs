using DriverMonitor.Devices;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;
using DriverMonitor.Time;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Devices;

/// <summary>Every kind of device: there, pulled out, back, at a wrong address, holding its bus, talking nonsense.</summary>
public sealed class EveryDeviceTests : IDisposable
{
    private readonly ListLogger<DeviceStates> _log = new();
    private readonly DeviceStates _devices;
    private readonly FakeTimeProvider _time = new();
    private readonly CabSensors _cab;
    private readonly List<DeviceWorker> _workers = [];
    private readonly List<FakeDevice> _fakes = [];

    public EveryDeviceTests() => (_devices, _cab) = (new(_log), new(_time));

    /// <summary>What the settings can name: a kind without a row here, or in the table, fails.</summary>
    public static TheoryData<string> Kinds => [.. Enum.GetNames<DeviceKind>()];

    public static TheoryData<string> KindsOnI2c =>
        [.. DeviceTable.Rows.Where(row => row.Bus == DeviceBus.I2c).Select(row => $"{row.Kind}")];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task There_pulled_out_and_back_are_one_line_each(string kind)
    {
        var (fake, asked) = Fit(kind);
        await asked();
        fake.PullOut(true);
        for (var i = 0; i < 2; i++) await asked();
        fake.PullOut(false);
        await asked();

        var answers = $"Information: Device {fake.Place.Name}: {fake.Place} answers.";
        var lost = $"Warning: Device {fake.Place.Name} is lost: {fake.Place}: {LostBy(fake.Place)}. The rest goes on; retrying.";
        // Lights are only written to: nobody can tell whether they are there.
        string[] expected = fake.Place.Kind == DeviceKind.Ws2812b ? [answers] : [answers, lost, answers];
        Assert.Equal(expected, _log.Lines);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task One_that_holds_its_bus_is_told_once_and_waited_for_by_nobody(string kind)
    {
        using var held = new ManualResetEventSlim();
        var (fake, asked) = Fit(kind);
        fake.Hold(held);
        for (var i = 0; i < 3; i++) await asked();
        fake.Hold(null);
        held.Set();
        for (var i = 0; i < 6000 && _log.Lines.Count < 2; i++)
        {
            await asked();
            await Task.Delay(10);
        }

        Assert.Contains(DeviceTrouble.Hangs, _log.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith("answers.", _log.Lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Nonsense_becomes_no_reading(string kind)
    {
        foreach (var bytes in new byte[] { 0x00, 0xFF })
        {
            var (fake, asked) = Fit(kind);
            fake.Garble(bytes);
            await asked();
            // Of a light sensor any number may be true; what cannot be is not said.
            var said = _cab.Take() ?? default;
            Assert.InRange(said.AmbientLux ?? 0, 0, 190_000);
            Assert.InRange(said.Co2Ppm ?? 400, 300, 40_000);
            Assert.InRange(said.TemperatureCelsius ?? 20, -40, 85);
            Assert.InRange(said.VibrationG ?? 0, 0, 20);
            _time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.All(_log.Lines, line => Assert.InRange(line.Length, 1, 300));
    }

    [Theory]
    [MemberData(nameof(KindsOnI2c))]
    public async Task A_wrong_address_is_one_line_with_what_to_do(string kind)
    {
        // Another address that the kind can have; one that has no other hangs on another bus.
        var row = DeviceTable.Of(Enum.Parse<DeviceKind>(kind));
        var there = DevicePlace.Parse($"{kind}@1:0x{row.Addresses[0]:x2}");
        var place = row.Addresses.Length > 1 ? there with { Address = row.Addresses[^1] } : there with { Bus = 2 };
        var (_, asked) = Fit(kind, at: $"{place}");
        for (var i = 0; i < 2; i++) await asked();
        Assert.Equal(
            $"Warning: Device {place.Name} is lost: {place}: nobody answers at 0x{place.Address:x2}; check wiring and address (i2cdetect -y {place.Bus}). The rest goes on; retrying.",
            Assert.Single(_log.Lines));
    }

    [Theory]
    [InlineData("bh1750@200:0x23", "there is no I2C bus 200; enable it (Raspberry Pi: dtparam=i2c_arm=on) or correct its number")]
    [InlineData("adxl345@200.0", "there is no SPI bus 200; enable it (Raspberry Pi: dtparam=spi=on) or correct its number")]
    [InlineData("mhz19b@/dev/ttyNONE9", "there is no port /dev/ttyNONE9; is it enabled, or plugged in?")]
    public async Task A_bus_that_the_kernel_does_not_have_is_one_line(string at, string says)
    {
        var place = DevicePlace.Parse(at);
        var asked = Ask(place, DeviceBuses.Kernel, isHeld: () => false);
        for (var i = 0; i < 2; i++) await asked();
        Assert.Equal($"Warning: Device {place.Name} is lost: {at}: {says}. The rest goes on; retrying.", Assert.Single(_log.Lines));
    }

    [Fact]
    public async Task One_that_breaks_says_nothing_of_the_others()
    {
        var (light, askLight) = Fit("Max44009");
        var (_, askAir) = Fit("Scd4x");
        await askLight();
        await askAir();
        light.PullOut(true);
        for (var i = 0; i < 3; i++)
        {
            await askLight();
            await askAir();
        }

        Assert.Equal(3, _log.Lines.Count);
        Assert.Equal(950, _cab.Take()!.Value.Co2Ppm);
    }

    public void Dispose()
    {
        foreach (var worker in _workers) worker.Stop();
        foreach (var fake in _fakes) fake.Dispose();
    }

    /// <summary>Where a bus does not say that nobody is there, the reading does.</summary>
    private static string LostBy(DevicePlace place) => place.Kind switch
    {
        DeviceKind.Adxl345 => "it does not feel gravity; check its wiring",
        DeviceKind.Mhz19b => "The operation has timed out",
        _ => $"nobody answers at 0x{place.Address:x2}; check wiring and address (i2cdetect -y 1)",
    };

    private (FakeDevice Fake, Func<Task> Ask) Fit(string kind, string? at = null)
    {
        var fake = new FakeDevice(Enum.Parse<DeviceKind>(kind));
        _fakes.Add(fake);
        return (fake, Ask(at is null ? fake.Place : DevicePlace.Parse(at), fake.Buses, () => fake.IsHeld));
    }

    private Func<Task> Ask(DevicePlace place, DeviceBuses buses, Func<bool> isHeld)
    {
        var factory = new DeviceFactory(new(_time, isKept: () => false), _cab, new(_time), ringLights: 12, buses: buses);
        var worker = new DeviceWorker(place.Name, () => factory.Open(place));
        _workers.Add(worker);
        var device = new PolledDevice(place, () => factory.Open(place), _devices.Of(place.Name), _time);
        return AskAsync;

        // The clock moves only where a call does not come back.
        async Task AskAsync()
        {
            var step = device.StepAsync(worker, default);
            for (var i = 0; !step.IsCompleted && i < 6000 && !isHeld(); i++) await Task.Delay(10);
            while (!step.IsCompleted)
            {
                _time.Advance(PolledDevice.Patience);
                await Task.Delay(1);
            }

            await step;
        }
    }
}
