using System.Diagnostics;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;
using static DriverMonitor.Tests.Support.FleetEar;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>
/// A broker whose process stands still while its connections stay open; apart from the others because it takes its ten seconds.
/// </summary>
public sealed class FrozenBrokerTests
{
    [Fact]
    public async Task It_holds_up_nobody_is_given_up_and_gets_everything_later()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var network = new TcpRelay(broker.Address.Port);
        network.Open();
        await using var vehicle = new TestVehicle(network.Port);
        await vehicle.Connected();

        broker.Freeze();
        var watch = Stopwatch.StartNew();
        vehicle.EmitAlerts(200);
        var held = watch.Elapsed;
        Assert.True(held < TimeSpan.FromSeconds(1), $"200 alerts held the loop up for {held.TotalMilliseconds:0} ms.");
        await Eventually.Sees("the link given up", () => vehicle.Uplink.Link.State is LinkState.Backoff or LinkState.Connecting);

        // The fleet must be there before the vehicle is back, or it would miss what comes first.
        await network.CutAsync();
        broker.Thaw();
        await using var fleet = await Fleet(broker.Address);
        network.Open();

        await Eventually.Sees("200 alerts", () => Alerts(fleet).Count >= 200);
        Assert.Equal(Enumerable.Range(0, 200), Numbers(fleet));
        await Eventually.Sees("an empty outbox", () => vehicle.Uplink.Outbox.Count.Waiting == 0);

        broker.Freeze();
        watch.Restart();
        await vehicle.StopAsync();
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"The goodbye took {watch.Elapsed.TotalSeconds:0.0} s; systemd kills what does not stop.");
    }
}
