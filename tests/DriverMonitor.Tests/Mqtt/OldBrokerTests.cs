using System.Text.Json;
using DriverMonitor.Core.Wire;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;
using static DriverMonitor.Tests.Support.FleetEar;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>Brokers that know MQTT 3.1.1 only, as RabbitMQ and NATS in Debian do.</summary>
public sealed class OldBrokerTests
{
    [Fact]
    public async Task They_are_spoken_to_in_their_own_way_and_lose_nothing()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var old = new OldBroker(broker.Address.Port);
        await using var fleet = await Fleet(broker.Address);
        await using var vehicle = new TestVehicle(old.Port, listen: true);
        vehicle.EmitAlerts(30);

        await Eventually.Sees("the alerts", () => Alerts(fleet).Count == 30);
        Assert.Equal(Enumerable.Range(0, 30), Numbers(fleet));
        Assert.Equal(
            (1, 0u, null), (Alerts(fleet)[0].QualityOfService, Alerts(fleet)[0].ExpirySeconds, Alerts(fleet)[0].ContentType));
        Assert.All(fleet.Messages, message => JsonDocument.Parse(message.Body));
        Assert.Contains(vehicle.Log, line => line.EndsWith("going on in MQTT 3.1.1.", StringComparison.Ordinal));
        Assert.Equal(1, old.Refused);
    }

    [Fact]
    public async Task The_check_says_so()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var old = new OldBroker(broker.Address.Port);

        var lines = await BrokerProbe.CheckAsync(
            new() { Brokers = [$"127.0.0.1:{old.Port}"] }, TimeProvider.System, CancellationToken.None);

        Assert.True(lines[0].Ok, lines[0].Text);
        Assert.EndsWith("in MQTT 3.1.1", lines[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expiry_in_the_payload_is_its_last_member()
    {
        var until = new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.FromHours(1));

        Assert.Equal("""{"a":{"b":"}"},"exp":"2026-11-29T11:00:00Z"}"""u8, WireExpiry.Add("""{"a":{"b":"}"}}"""u8, until));
    }
}
