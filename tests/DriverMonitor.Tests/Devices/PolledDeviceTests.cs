using DriverMonitor.Devices;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Devices;

/// <summary>A device is there, pulled out, back, and hangs its bus: one line each, and nobody waits for it.</summary>
public sealed class PolledDeviceTests : IAsyncDisposable
{
    private readonly ListLogger<DeviceStates> _log = new();
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly DeviceStates _devices;
    private readonly CabSensors _cab;
    private readonly RegisterI2c _bus = new(0x4A) { Registers = { [3] = 0x88, [4] = 0x01 } };
    private Task _running = Task.CompletedTask;

    public PolledDeviceTests() => (_devices, _cab) = (new(_log), new(_time));

    [Fact]
    public async Task Plugged_in_pulled_out_and_back_are_one_line_each()
    {
        Start();
        await Eventually.Sees("that it answers", () => _log.Lines.Count == 1);
        _bus.IsPulledOut = true;
        await Eventually.Sees("that it is lost", () => Advanced() && _log.Lines.Count == 2);
        for (var i = 0; i < 20; i++) await Pause();
        _bus.IsPulledOut = false;
        await Eventually.Sees("that it is back", () => Advanced() && _log.Lines.Count == 3);

        Assert.Equal("Information: Device light: max44009@1:0x4a answers.", _log.Lines[0]);
        Assert.StartsWith("Warning: Device light is lost: max44009@1:0x4a: ", _log.Lines[1], StringComparison.Ordinal);
        Assert.Equal(_log.Lines[0], _log.Lines[2]);
        Assert.True(_devices.TryTake(out var lost) && lost.IsWell == false);
        Assert.True(_devices.TryTake(out var back) && back.IsWell == true);
        Assert.False(_devices.TryTake(out _));
    }

    [Fact]
    public async Task One_that_hangs_its_bus_is_told_once_and_left_alone_until_it_answers()
    {
        using var held = new ManualResetEventSlim();
        _bus.Holds = held;
        Start();
        await Eventually.Sees("that it hangs", () => Advanced() && _log.Lines.Count == 1);
        for (var i = 0; i < 20; i++) await Pause();
        Assert.Equal($"Warning: Device light is lost: max44009@1:0x4a: {DeviceTrouble.Hangs}. The rest goes on; retrying.", Assert.Single(_log.Lines));

        _bus.Holds = null;
        held.Set();
        await Eventually.Sees("that it answers", () => Advanced() && _log.Lines.Count == 2);
    }

    [Fact]
    public async Task A_service_stops_while_a_device_hangs()
    {
        using var held = new ManualResetEventSlim();
        _bus.Holds = held;
        Start();
        await Eventually.Sees("that it hangs", () => Advanced() && _log.Lines.Count == 1);
        await _stop.CancelAsync();
        await _running.WaitAsync(TimeSpan.FromSeconds(60));
        held.Set();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private void Start()
    {
        var place = DevicePlace.Parse("max44009@1:0x4a");
        var device = new PolledDevice(
            place, () => new LightSensor(place.Kind, _bus, _cab), _devices.Of(place.Name), _time);
        _running = device.RunAsync(_stop.Token);
    }

    private bool Advanced()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return true;
    }

    private Task Pause()
    {
        Advanced();
        return Task.Delay(1);
    }
}
