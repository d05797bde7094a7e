using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>What the fleet is told when a vehicle vanishes; apart from the others because a will takes its ten seconds.</summary>
public sealed class LastWillTests
{
    [Fact]
    public async Task A_vehicle_that_vanishes_is_reported_lost_and_a_short_tunnel_is_not()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var fleet = await Subscriber.StartAsync(new(), broker.Address, TimeProvider.System, CancellationToken.None);
        await using var network = new TcpRelay(broker.Address.Port);
        network.Open();
        await using var vehicle = new TestVehicle(network.Port);
        await vehicle.Connected();

        await network.CutAsync();
        network.Open();
        await Eventually.Sees("the vehicle back", () => Statuses(fleet).Count == 2);
        Assert.Equal(["online", "online"], Statuses(fleet));

        await network.CutAsync();
        await Eventually.Sees("the last will", () => Statuses(fleet).Count == 3, withinSeconds: 30);
        Assert.Equal(["online", "online", "lost"], Statuses(fleet));
    }

    private static List<string> Statuses(Subscriber fleet) =>
    [
        .. fleet.Messages.Where(message => message.Topic == $"{TestVehicle.Root}/status")
            .Select(message => System.Text.Json.JsonDocument.Parse(message.Body).RootElement.GetProperty("st").GetString()!),
    ];
}
