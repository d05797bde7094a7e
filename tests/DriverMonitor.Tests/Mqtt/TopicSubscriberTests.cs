using System.Text;
using DriverMonitor.Configuration;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vehicle;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>Gateways on a real broker: mosquitto_pub sends, we hear.</summary>
public sealed class TopicSubscriberTests
{
    private const string HeartTopic = "dm/v1/local/vehicle-1/in/heart";

    [Fact]
    public async Task A_heart_gateway_is_heard_at_a_broker_in_the_vehicle()
    {
        await using var broker = await Mosquitto.StartAsync();
        var heart = new MqttHeart(new HeartSettings(), TimeProvider.System);
        await using var listener = Listen(broker, heart.Handle);
        await listener.Listening();

        await Publish(broker, HeartTopic, """{"device":"watch-7","bpm":72,"rr":[812,805],"contact":true,"scl":4.2}""");

        HeartPacket packet = default;
        await Eventually.Sees("the packet", () => heart.TryRead(TimeSpan.FromHours(1), out _, out packet));
        Assert.Equal(("watch-7", 72, 2), (packet.DeviceId, packet.BeatsPerMinute, packet.RrMs.Length));
        Assert.Equal(4.2, heart.TakeSkin()?.ConductanceMicrosiemens);
        await Eventually.Sees(
            "a word of it in the log",
            () => listener.Log.Any(line => line.Contains("The heart gateway is heard", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task It_is_heard_again_after_the_broker_was_killed()
    {
        await using var broker = await Mosquitto.StartAsync();
        var vehicle = new MqttVehicle(TimeProvider.System, keepsPosition: false);
        await using var listener = Listen(broker, vehicle.Handle, "my/car");
        await listener.Listening();

        for (var round = 1; round <= 3; round++)
        {
            await broker.KillAsync();
            var lines = listener.Log.Count;
            await broker.StartAgainAsync();
            await Eventually.Sees("a new connection", () => listener.Log.Skip(lines).Any(IsListening));
            await Publish(broker, "my/car", $$"""{"speedKmh":{{10 * round}}}""");
            await Eventually.Sees("the speed", () => vehicle.Read(default)?.SpeedKmh == 10 * round);
        }
    }

    [Fact]
    public async Task What_the_broker_kept_from_yesterday_is_not_heard()
    {
        await using var broker = await Mosquitto.StartAsync();
        await Publish(broker, "my/car", """{"speedKmh":0}""", "-r");
        var vehicle = new MqttVehicle(TimeProvider.System, keepsPosition: false);
        await using var listener = Listen(broker, vehicle.Handle, "my/car");
        await listener.Listening();

        await Publish(broker, "my/car", """{"speedKmh":70}""");

        await Eventually.Sees("the speed", () => vehicle.Heard == 1);
        Assert.Equal(70, vehicle.Read(default)?.SpeedKmh);
    }

    [Fact]
    public async Task A_gateway_that_talks_nonsense_is_complained_of_once_and_heard_when_it_makes_sense()
    {
        await using var broker = await Mosquitto.StartAsync();
        var heart = new MqttHeart(new HeartSettings(), TimeProvider.System);
        await using var listener = Listen(broker, heart.Handle);
        await listener.Listening();

        foreach (var nonsense in new[] { "hello", """{"bpm":"many"}""", new string('x', 100_000), """{"bpm":-5}""" })
            await Publish(broker, HeartTopic, nonsense);
        await Publish(broker, HeartTopic, """{"bpm":72}""");

        await Eventually.Sees("the good one", () => heart.Heard == 1);
        Assert.Equal(4, heart.Refused);
        Assert.Single(listener.Log, line => line.Contains("not understood", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broker_that_does_not_let_us_listen_is_named_once()
    {
        await using var broker = await Mosquitto.StartWithUsersAsync(["watch", "monitor"], "user watch\ntopic write in/heart\n");
        var password = Path.GetTempFileName();
        await File.WriteAllTextAsync(password, "wrong");
        var gateway = new GatewaySettings
        {
            Enabled = true,
            Broker = broker.Address.ToString(),
            Topic = "in/heart",
            User = "monitor",
            PasswordFile = password,
        };
        await using var listener = new Running(gateway, _ => null);

        await Eventually.Sees(
            "the refusal", () => listener.Log.Any(line => line.Contains("may not be heard", StringComparison.Ordinal)));
        Assert.DoesNotContain(listener.Log, IsListening);
        File.Delete(password);
    }

    [Fact]
    public async Task The_brokers_keep_alive_replaces_ours()
    {
        // Server keep-alive 1 s: without a packet in one and a half it may close the connection.
        await using var broker = new ScriptedBroker(packet =>
            packet.Type == Packet.Connect ? [ScriptedBroker.Connack(0, 0x13, 0, 1)] : ScriptedBroker.Usual(packet));
        await using var listener = new Running(
            new()
            {
                Enabled = true,
                Broker = $"127.0.0.1:{broker.Port}",
                Topic = "my/car",
            },
            _ => null);

        await Eventually.Sees(
            "pings long before our own time", () => broker.Packets.Count(packet => packet.Type == Packet.Ping) >= 3);
    }

    [Fact]
    public void The_fleets_broker_serves_where_no_other_is_named()
    {
        var link = new MqttSettings
        {
            Brokers = ["fleet.example"],
            Tenant = "acme",
            Vehicle = "veh-0001",
            User = "veh-0001",
            Tls = new(),
        };

        var place = SubscriptionTarget.Of("heart", new() { Enabled = true }, link);

        Assert.Equal(
            ("fleet.example:8883", "dm/v1/acme/veh-0001/in/heart", "veh-0001"),
            (place.Brokers[0].ToString(), place.Topic, place.Connection.User));
        var own = SubscriptionTarget.Of(
            "vehicle", new()
            {
                Enabled = true,
                Broker = "localhost",
                Topic = "can",
            },
            link);
        Assert.Equal(("localhost:1883", "can", null), (own.Brokers[0].ToString(), own.Topic, own.Connection.User));
        Assert.Contains(
            "at no broker",
            Assert.Throws<ConfigurationException>(() => SubscriptionTarget.Of("heart", new() { Enabled = true }, new())).Message,
            StringComparison.Ordinal);
    }

    private static Running Listen(Mosquitto broker, MessageHandler ear, string? topic = null) =>
        new(new() { Enabled = true, Broker = broker.Address.ToString(), Topic = topic }, ear);

    private static async Task Publish(Mosquitto broker, string topic, string message, params string[] more)
    {
        using var sender = Mosquitto.Launch(
            "mosquitto_pub",
            ["-h", "127.0.0.1", "-p", $"{broker.Address.Port}", "-t", topic, "-m", message, .. more]);
        await sender.WaitForExitAsync();
        Assert.Equal(0, sender.ExitCode);
    }

    private static bool IsListening(string line) => line.Contains("Listening for", StringComparison.Ordinal);

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly ListLogger<TopicSubscriber> _log = new();
        private readonly Task _task;

        public Running(GatewaySettings gateway, MessageHandler ear) =>
            _task = new TopicSubscriber(
                SubscriptionTarget.Of("heart", gateway, new()),
                ear,
                TimeProvider.System,
                random: () => 0,
                _log
            ).RunAsync(_stop.Token);

        public IReadOnlyList<string> Log => _log.Lines;

        public Task Listening() => Eventually.Sees("a connection", () => Log.Any(IsListening));

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _task;
            _stop.Dispose();
        }
    }
}
