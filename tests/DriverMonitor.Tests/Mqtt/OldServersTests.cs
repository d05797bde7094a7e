using System.Text.Json;
using DriverMonitor.Configuration;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>
/// The real service with RabbitMQ 3.10, which hangs up on MQTT 5 without a word, and with NATS, which refuses it.
/// </summary>
public sealed class OldServersTests(OldServers servers) : IClassFixture<OldServers>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("old-servers").FullName;
    private readonly FleetKey _key = new();

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("rabbit", "Auto", "closed the connection twice on a CONNECT of MQTT 5 without an answer; trying MQTT 3.1.1 once.")]
    [InlineData("nats", "Auto", "does not speak MQTT 5; going on in MQTT 3.1.1.")]
    [InlineData("rabbit-told", "3.1.1", "Connected to broker")]
    public async Task The_whole_contract_holds_in_their_version_of_it(string vehicle, string protocol, string says)
    {
        var broker = vehicle.StartsWith("rabbit", StringComparison.Ordinal) ? servers.RabbitMq : servers.Nats;
        var root = $"dm/v1/acme/{vehicle}";
        await using var fleet = await FleetDouble.StartAsync(broker, _key, isOld: true);
        await using var service = RunningProgram.Start("run", "--config", Configure(vehicle, protocol, broker));
        await service.Says(says);
        await service.Says("Connected to broker");
        if (protocol != "Auto") Assert.DoesNotContain("MQTT 5", service.Log, StringComparison.Ordinal);

        // An alert, at least once; then the fleet's own word on it, which is a signed order, and another order.
        await Eventually.Sees("an alert", () => Of(fleet, vehicle).Any(), withinSeconds: 60);
        var epoch = Of(fleet, vehicle).First().Epoch;
        var mark = await fleet.MarkAsync(vehicle, epoch, root);
        var order = await fleet.OrderAsync("locate-fault", "{}", root);
        await Eventually.Sees(
            "the answers", () => fleet.AnswerTo(mark) is not null && fleet.AnswerTo(order) is not null, withinSeconds: 60);
        Assert.True(fleet.AnswerTo(mark)!["ok"]!.GetValue<bool>(), fleet.AnswerTo(mark)!.ToJsonString());
        Assert.True(fleet.AnswerTo(order)!["ok"]!.GetValue<bool>(), fleet.AnswerTo(order)!.ToJsonString());

        // Who comes later hears what was retained, and then the last will of one that was killed.
        await using var late = await Subscriber.StartAsync(
            new(), broker, TimeProvider.System, CancellationToken.None, $"{root}/status");
        await Eventually.Sees("the retained status", () => Said(late).Contains("online"), withinSeconds: 60);
        Assert.True(late.Messages[0].Retained);
        await service.KillAsync();
        await Eventually.Sees("the last will", () => Said(late).Contains("lost"), withinSeconds: 60);
    }

    [Fact]
    public async Task Thirty_alerts_arrive_in_order_at_least_once()
    {
        foreach (var broker in new[] { servers.RabbitMq, servers.Nats })
        {
            await using var fleet = await FleetEar.Fleet(broker);
            await using var vehicle = new TestVehicle(broker.Port, settings => settings with { Vehicle = "thirty" });
            vehicle.EmitAlerts(30);

            await Eventually.Sees(
                $"the alerts at {broker}", () => Alerts(fleet).DistinctBy(alert => alert.Body).Count() == 30, withinSeconds: 60);
            Assert.All(Alerts(fleet), alert => Assert.Equal(1, alert.QualityOfService));
            await Eventually.Sees("each acknowledged", () => vehicle.Uplink.Outbox.Count.Waiting == 0, withinSeconds: 60);
        }
    }

    [Fact]
    public async Task The_check_says_so()
    {
        foreach (var broker in new[] { servers.RabbitMq, servers.Nats })
        {
            var line = Assert.Single(
                await BrokerProbe.CheckAsync(new() { Brokers = [$"{broker}"] }, TimeProvider.System, CancellationToken.None));
            Assert.True(line.Ok, line.Text);
            Assert.EndsWith("in MQTT 3.1.1", line.Text, StringComparison.Ordinal);
        }
    }

    private string Configure(string vehicle, string protocol, BrokerAddress broker)
    {
        var file = Path.Combine(_folder, "settings.json");
        File.WriteAllText(file, $$"""
            { "DriverMonitor": {
                "Camera": { "Source": "/dev/video99" },
                "Web": { "Enabled": false },
                "Outbox": { "Folder": "{{_folder}}/state" },
                "Fleet": { "Keys": { "ops-1": "{{_key.PublicFile}}" }, "Folder": "{{_folder}}" },
                "Mqtt": { "Brokers": ["{{broker}}"], "Tenant": "acme", "Vehicle": "{{vehicle}}", "FirstConnectSpread": "00:00:00",
                          "Protocol": "{{protocol}}", "Acknowledge": "Fleet" } } }
            """);
        return file;
    }

    private static IEnumerable<FleetEvent> Of(FleetDouble fleet, string vehicle) =>
        fleet.Events.Where(one => one.Vehicle == vehicle);

    private static List<Received> Alerts(Subscriber fleet) =>
        [.. fleet.Messages.Where(message => message.Topic == "dm/v1/acme/thirty/alert/fatigue")];

    private static List<string> Said(Subscriber late) =>
        [.. late.Messages.Select(message => JsonDocument.Parse(message.Body).RootElement.GetProperty("st").GetString()!)];
}
