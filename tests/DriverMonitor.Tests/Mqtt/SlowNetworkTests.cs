using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;
using static DriverMonitor.Tests.Support.FleetEar;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>A link of eight kilobytes a second, as far out in the country.</summary>
public sealed class SlowNetworkTests
{
    [Fact]
    public async Task It_is_not_taken_for_a_dead_one()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var fleet = await Fleet(broker.Address);
        await using var network = new TcpRelay(broker.Address.Port) { BytesPerSecond = 8_000 };
        network.Open();
        await using var vehicle = new TestVehicle(network.Port);
        await vehicle.Connected();

        vehicle.EmitAlerts(100);
        await Eventually.Sees("100 alerts", () => Alerts(fleet).Count >= 100, withinSeconds: 90);

        Assert.Equal(Enumerable.Range(0, 100), Numbers(fleet));
        Assert.DoesNotContain(vehicle.Log, line => line.Contains("Lost broker", StringComparison.Ordinal));
    }
}
