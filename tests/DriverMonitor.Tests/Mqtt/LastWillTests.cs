using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>What the fleet is told when a vehicle vanishes; apart from the others because a will takes its ten seconds.</summary>
public sealed class LastWillTests
{
    [Fact]
    public async Task A_vehicle_that_vanishes_is_reported_lost_and_one_in_a_short_tunnel_is_not()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var fleet = await FleetEar.Fleet(broker.Address);
        await using var tunnel = new TcpRelay(broker.Address.Port);
        await using var abyss = new TcpRelay(broker.Address.Port);
        tunnel.Open();
        abyss.Open();
        await using var lucky = new TestVehicle(tunnel.Port, settings => settings with { Vehicle = "lucky" });
        await using var poor = new TestVehicle(abyss.Port, settings => settings with { Vehicle = "poor" });
        await lucky.Connected();
        await poor.Connected();

        await tunnel.CutAsync();
        tunnel.Open();
        await Eventually.Sees("the vehicle back", () => Statuses(fleet, "lucky").Count == 2);
        await abyss.CutAsync();

        // Cut first, so if there were a will for the lucky one, it would come first.
        await Eventually.Sees("the last will", () => Statuses(fleet, "poor").Count == 2);
        Assert.Equal(["online", "lost"], Statuses(fleet, "poor"));
        Assert.Equal(["online", "online"], Statuses(fleet, "lucky"));
    }

    private static List<string> Statuses(Subscriber fleet, string vehicle) =>
    [
        .. fleet.Messages.Where(message => message.Topic == $"dm/v1/acme/{vehicle}/status")
            .Select(message => System.Text.Json.JsonDocument.Parse(message.Body).RootElement.GetProperty("st").GetString()!),
    ];
}
