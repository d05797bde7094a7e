using DriverMonitor.Core.Hearts;
using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate;
using DriverMonitor.Tests.HeartRate.Bluetoothd;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.HeartRate;

/// <summary>The strap over a real bus, against a bluetoothd that misbehaves.</summary>
public sealed class BluezStrapTests
{
    private const string Ours = "A0:9E:1A:00:11:22";

    [Fact]
    public async Task A_bound_strap_is_found_connected_and_heard()
    {
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.Tell($"strap {Ours} Polar_H10");
        using var strap = Open(bluez);

        await Eventually.Sees("a pulse", () => strap.TryRead(TimeSpan.FromSeconds(1), out _, out var packet) && packet.BeatsPerMinute == 75);
        await Eventually.Sees("battery and place", () => strap.Status is { State: StrapState.Listening, Battery: 80, Location: "chest", Name: "Polar_H10" });
    }

    private static BluezStrap Open(FakeBluez bluez, BluetoothSettings? settings = null) =>
        BluezStrap.Open(settings ?? new() { Addresses = [Ours], Silence = TimeSpan.FromSeconds(0.5) }, null, TimeProvider.System, null, bluez.Address);
}
