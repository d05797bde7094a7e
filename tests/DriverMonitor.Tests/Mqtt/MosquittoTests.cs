using System.Text.Json;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Events;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;
using static DriverMonitor.Tests.Support.FleetEar;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>The link against a real broker.</summary>
public sealed class MosquittoTests
{
    private static readonly MonitorEvent.Alert Drowsy = new(
        TimeSpan.FromSeconds(4),
        AlertPhase.Raised,
        AlertRule.EyesClosed,
        AlertLevel.Alarm,
        [new("eyes_closed", 2.1, 2, "s")]);

    [Fact]
    public async Task An_alert_arrives_as_a_cloud_event_on_its_topic()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var fleet = await Fleet(broker.Address);
        await using var vehicle = new TestVehicle(broker.Address.Port);
        await vehicle.Connected();

        vehicle.Emit(Drowsy);
        await Eventually.Sees("the alert", () => Alerts(fleet).Count == 1);

        var alert = Alerts(fleet)[0];
        Assert.Equal($"{TestVehicle.Root}/alert/fatigue", alert.Topic);
        Assert.Equal((1, false, "application/cloudevents+json"), (alert.QualityOfService, alert.Retained, alert.ContentType));
        Assert.InRange(alert.ExpirySeconds, 604_790u, 604_800u);
        using var json = JsonDocument.Parse(alert.Body);
        Assert.Equal("1.0", json.RootElement.GetProperty("specversion").GetString());
        Assert.Equal($"veh-0001:{vehicle.Uplink.Identity.EpochText}:1", json.RootElement.GetProperty("id").GetString());
        Assert.Equal("io.dms.alert.raised.v1", json.RootElement.GetProperty("type").GetString());
        Assert.Equal("buzzer:sleep-alarm", json.RootElement.GetProperty("data").GetProperty("action")[0].GetString());
        await Eventually.Sees("an empty outbox after the PUBACK", () => vehicle.Uplink.Outbox.Count.Waiting == 0);
    }

    [Fact]
    public async Task A_client_that_is_not_ours_reads_it_too()
    {
        await using var broker = await Mosquitto.StartAsync();
        using var reader = Mosquitto.Launch(
            "mosquitto_sub",
            "-V",
            "mqttv5",
            "-h",
            "127.0.0.1",
            "-p",
            $"{broker.Address.Port}",
            "-t",
            $"{TestVehicle.Root}/alert/#",
            "-t",
            $"{TestVehicle.Root}/status",
            "-q",
            "1",
            "-W",
            "20",
            "-C",
            "2",
            "-F",
            "%t %q %r %C %P");
        await using var vehicle = new TestVehicle(broker.Address.Port);
        // The birth is retained, so the reader hears it whenever it arrives; only then is it sure to hear the alert.
        Assert.StartsWith($"{TestVehicle.Root}/status 1 ", await reader.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);

        vehicle.Emit(Drowsy);

        Assert.Equal($"{TestVehicle.Root}/alert/fatigue 1 0 application/cloudevents+json seq:1 late:false", await reader.StandardOutput.ReadLineAsync());
    }

    [Fact]
    public async Task Birth_and_farewell_are_retained()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var vehicle = new TestVehicle(broker.Address.Port);
        await vehicle.Connected();
        Assert.Equal("online", await RetainedStatus(broker));

        await vehicle.StopAsync();
        Assert.Equal("offline", await RetainedStatus(broker));
    }

    [Fact]
    public async Task The_state_is_retained_and_follows_the_alert()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var fleet = await Fleet(broker.Address);
        await using var vehicle = new TestVehicle(broker.Address.Port);

        await Eventually.Sees(
            "a first state", () => States(fleet).Any(state => state.Contains("\"alert\":0", StringComparison.Ordinal)));
        vehicle.Emit(Drowsy);
        await Eventually.Sees(
            "the alarm in the state", () => States(fleet).Any(state => state.Contains("\"alert\":3", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_thousand_alerts_arrive_in_order()
    {
        await using var broker = await Mosquitto.StartAsync(_ => "allow_anonymous true\nmax_queued_messages 0");
        await using var fleet = await Fleet(broker.Address);
        await using var vehicle = new TestVehicle(broker.Address.Port);

        vehicle.EmitAlerts(1000);
        await Eventually.Sees("1000 alerts", () => Alerts(fleet).Count >= 1000);

        Assert.Equal(Enumerable.Range(0, 1000), Numbers(fleet));
    }

    [Fact]
    public async Task Alerts_raised_while_the_broker_is_dead_arrive_in_order_once()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var network = new TcpRelay(broker.Address.Port);
        network.Open();
        await using var vehicle = new TestVehicle(network.Port);
        await vehicle.Connected();

        await broker.KillAsync();
        await Eventually.Sees("the loss noticed", () => vehicle.Uplink.Link.State != LinkState.Online);
        vehicle.EmitAlerts(50);
        await network.CutAsync();
        await broker.StartAgainAsync();
        await using var fleet = await Fleet(broker.Address);
        network.Open();

        await Eventually.Sees("50 alerts", () => Alerts(fleet).Count >= 50);
        Assert.Equal(Enumerable.Range(0, 50), Numbers(fleet));
        Assert.Equal(50, Ids(fleet).Distinct().Count());
        await Eventually.Sees("an empty outbox", () => vehicle.Uplink.Outbox.Count.Waiting == 0);
        Assert.Contains(vehicle.Log, line => line.StartsWith("Warning: Lost broker", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_by_the_access_list_is_seen_and_nothing_is_thrown_away()
    {
        await using var broker = await Mosquitto.StartWithUsersAsync(["van", "fleet"],
            $"user van\ntopic write {TestVehicle.Root}/status\ntopic write {TestVehicle.Root}/state\ntopic write {TestVehicle.Root}/alert/fatigue\n\nuser fleet\ntopic read dm/#\n");
        var password = PasswordFile("secret");
        await using var fleet = await Fleet(broker.Address, new() { User = "fleet", PasswordFile = password });
        await using var vehicle = new TestVehicle(
            broker.Address.Port,
            settings => settings with { User = "van", PasswordFile = password });
        await vehicle.Connected();

        vehicle.Emit(Drowsy with { Rule = AlertRule.LongLookAway });
        vehicle.Emit(Drowsy);

        await Eventually.Sees("the alert that is allowed", () => Alerts(fleet).Count == 1);
        await Eventually.Sees("the refusal", () => vehicle.Uplink.Link.Refusals == 1);
        await Eventually.Sees("only the refused alert waiting", () => vehicle.Uplink.Outbox.Count.Waiting == 1);
        Assert.Contains(vehicle.Log, line => line.Contains("/alert/distraction: 0x87", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_password_waits_five_minutes_and_says_what_to_check()
    {
        await using var broker = await Mosquitto.StartWithUsersAsync(["van"], "user van\ntopic write dm/#\n");
        var wrong = PasswordFile("guess");

        await using var vehicle = new TestVehicle(
            broker.Address.Port,
            settings => settings with { User = "van", PasswordFile = wrong });

        await Eventually.Sees("the back-off", () => vehicle.Uplink.Link.State == LinkState.Backoff);
        Assert.Equal(TimeSpan.FromMinutes(5), vehicle.Uplink.Link.Wait);
        Assert.Contains(vehicle.Log, line => line.Contains("Mqtt:PasswordFile", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_next_broker_of_the_list_is_tried()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var vehicle = new TestVehicle(broker.Address.Port,
            settings => settings with { Brokers = [$"127.0.0.1:{Loopback.FreePort()}", broker.Address.ToString()] });

        await vehicle.Connected();
    }

    [Fact]
    public async Task The_check_says_what_is_wrong_in_one_line()
    {
        await using var broker = await Mosquitto.StartWithUsersAsync(["van"], "user van\ntopic write dm/#\n");
        var settings = new MqttSettings
        {
            Brokers = [broker.Address.ToString()],
            User = "van",
            PasswordFile = PasswordFile("secret"),
        };

        Assert.StartsWith($"True {broker.Address} accepts", await Check(settings), StringComparison.Ordinal);
        Assert.StartsWith(
            $"False {broker.Address} refuses us (NotAuthorized)",
            await Check(settings with { PasswordFile = PasswordFile("guess") }),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "False Mqtt:PasswordFile", await Check(settings with { PasswordFile = "/nowhere" }), StringComparison.Ordinal);
        Assert.Contains(
            "cannot be reached",
            await Check(settings with { Brokers = [$"127.0.0.1:{Loopback.FreePort()}"] }),
            StringComparison.Ordinal);
        broker.Freeze();
        Assert.Contains("does not answer", await Check(settings), StringComparison.Ordinal);
    }

    private static async Task<string> Check(MqttSettings settings)
    {
        var line = Assert.Single(await BrokerProbe.CheckAsync(settings, TimeProvider.System, CancellationToken.None));
        Assert.DoesNotContain('\n', line.Text);
        return $"{line.Ok} {line.Text}";
    }

    private static async Task<string?> RetainedStatus(Mosquitto broker)
    {
        await using var late = await Fleet(broker.Address);
        await Eventually.Sees(
            "a retained status", () => late.Messages.Any(message => message.Topic == $"{TestVehicle.Root}/status"));
        var status = late.Messages.First(message => message.Topic == $"{TestVehicle.Root}/status");
        Assert.True(status.Retained);
        return JsonDocument.Parse(status.Body).RootElement.GetProperty("st").GetString();
    }

    private static List<string> States(Subscriber fleet) =>
        [
            .. fleet
                .Messages.Where(message => message.Topic.EndsWith("/state", StringComparison.Ordinal))
                .Select(message => message.Body),
        ];

    private static string PasswordFile(string password)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, password + "\n");
        return file;
    }
}
