using System.Text;
using DriverMonitor.Core.Events;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Mqtt;

public sealed class EmbeddedBrokerTests
{
    [Fact]
    public async Task The_demo_shows_what_a_fleet_would_receive()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        await using var fleet = await Subscriber.StartAsync(new(), broker.Address, TimeProvider.System, CancellationToken.None);
        await using var vehicle = new TestVehicle(broker.Address.Port);
        await vehicle.Connected();

        vehicle.Emit(
            new MonitorEvent.Alert(TimeSpan.FromSeconds(4), AlertPhase.Raised, AlertRule.LongLookAway, AlertLevel.Warning, []));
        vehicle.Emit(new MonitorEvent.Status(TimeSpan.FromSeconds(5), StatusKind.CameraCovered));
        vehicle.Emit(new MonitorEvent.Status(TimeSpan.FromSeconds(6), StatusKind.IrregularRhythm));
        await Eventually.Sees(
            "the alert and the status",
            () => fleet.Messages.Count(message => message.Topic.Contains("/alert/", StringComparison.Ordinal)) == 2);
        await vehicle.StopAsync();
        await Eventually.Sees("the farewell", () => fleet.Messages[^1].Body.Contains("offline", StringComparison.Ordinal));

        var events = fleet
            .Messages.Where(message => !message.Topic.EndsWith("/state", StringComparison.Ordinal))
            .Select(message => message.Topic);
        Assert.Equal(
            [
                $"{TestVehicle.Root}/status",
                $"{TestVehicle.Root}/alert/distraction",
                $"{TestVehicle.Root}/alert/device",
                $"{TestVehicle.Root}/status",
            ],
            events);
    }

    // Here and not against mosquitto, whose 2.0.11 closes the older connection without a word.
    [Fact]
    public async Task A_second_vehicle_of_the_same_name_is_told_apart_from_a_bad_network()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        await using var first = new TestVehicle(broker.Address.Port);
        await first.Connected();

        await using var second = new TestVehicle(broker.Address.Port);
        await second.Connected();

        await Eventually.Sees("the first one staying away", () => first.Uplink.Link.State == LinkState.Backoff);
        Assert.InRange(first.Uplink.Link.Wait, TimeSpan.FromSeconds(59), TimeSpan.FromMinutes(1));
        Assert.Contains(
            "\"status\":\"name_taken\"",
            Encoding.UTF8.GetString(first.Uplink.Outbox.NextAfter(0)!.Body),
            StringComparison.Ordinal);
    }
}
