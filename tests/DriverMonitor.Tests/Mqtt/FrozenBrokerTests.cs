using System.Diagnostics;
using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;
using static DriverMonitor.Tests.Support.FleetEar;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>A broker whose process stands still while its connections stay open; apart from the others because it takes its ten seconds.</summary>
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
    }

    [Fact]
    public void Saying_the_same_again_allocates_nothing()
    {
        var uplink = new Uplink(new() { Brokers = ["127.0.0.1:1"] }, _ => SoundPattern.Silence, default, TimeProvider.System, () => 0,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<MqttLink>.Instance);
        var outcome = new Outcome(default, new(0.1, true, 0.02), new(AlertLevel.Alarm, AlertRule.EyesClosed), []);
        uplink.Sink.Emit(outcome);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 500; i++) uplink.Sink.Emit(outcome);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
