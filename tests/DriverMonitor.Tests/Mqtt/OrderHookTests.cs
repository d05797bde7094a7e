using System.Text;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>What the fleet sends reaches whoever takes orders, over the vehicle's one connection.</summary>
public sealed class OrderHookTests
{
    [Fact]
    public async Task An_order_arrives_with_its_topic_and_whether_it_was_kept()
    {
        await using var broker = await Mosquitto.StartAsync();
        await Send(broker, "cmd/config", "old", "-r");
        await using var vehicle = new TestVehicle(broker.Address.Port, listen: true);
        await Eventually.Sees("the kept one", () => vehicle.Orders.Count == 1);

        await Send(broker, "cmd/erase", "new");
        await Send(broker, "status", "not for us");
        await Eventually.Sees("the new one", () => vehicle.Orders.Count == 2);

        Assert.Equal(
            [$"{TestVehicle.Root}/cmd/config old True", $"{TestVehicle.Root}/cmd/erase new False"],
            vehicle.Orders.Select(order => $"{order.Topic} {Encoding.UTF8.GetString(order.Body)} {order.Retained}"));
    }

    [Fact]
    public async Task Orders_are_heard_again_after_the_broker_has_forgotten_everything()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var vehicle = new TestVehicle(broker.Address.Port, listen: true);
        await vehicle.Connected();

        await broker.KillAsync();
        await Eventually.Sees("the loss noticed", () => vehicle.Uplink.Link.State != LinkState.Online);
        await broker.StartAgainAsync();
        await vehicle.Connected();
        await Send(broker, "cmd/resend", "again");

        await Eventually.Sees("the order", () => vehicle.Orders.Count == 1);
    }

    [Fact]
    public async Task An_order_sent_while_the_vehicle_is_away_waits_for_it()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var network = new TcpRelay(broker.Address.Port);
        network.Open();
        await using var vehicle = new TestVehicle(network.Port, listen: true);
        await vehicle.Connected();

        await network.CutAsync();
        await Send(broker, "cmd/resend", "later");
        network.Open();

        await Eventually.Sees("the order", () => vehicle.Orders.Count == 1);
    }

    private static async Task Send(Mosquitto broker, string below, string body, params string[] more)
    {
        using var sender = Mosquitto.Launch(
            "mosquitto_pub",
            [
                "-V",
                "mqttv5",
                "-q",
                "1",
                "-h",
                "127.0.0.1",
                "-p",
                $"{broker.Address.Port}",
                "-t",
                $"{TestVehicle.Root}/{below}",
                "-m",
                body,
                .. more,
            ]);
        await sender.WaitForExitAsync();
    }
}
