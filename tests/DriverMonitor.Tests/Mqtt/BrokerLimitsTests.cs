using System.Text;
using DriverMonitor.Core.Wire;
using DriverMonitor.Mqtt;
using DriverMonitor.Outbox;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>A broker's limits are obeyed or named, and its faults lose nothing.</summary>
public sealed class BrokerLimitsTests
{
    private const string TooLong = "too long for it";

    [Fact]
    public async Task An_event_larger_than_the_broker_takes_is_set_aside_and_the_rest_goes_out()
    {
        await using var broker = await Mosquitto.StartAsync(_ => "allow_anonymous true\nmax_packet_size 1000");
        await using var fleet = await FleetEar.Fleet(broker.Address);
        await using var vehicle = new TestVehicle(broker.Address.Port);
        await vehicle.Connected();

        vehicle.EmitAlerts(3);
        AddLarge(vehicle);
        vehicle.EmitAlerts(3);

        await Eventually.Sees("the others and the gap", () => Fatigue(fleet) == 6 && Gaps(fleet).Count == 1, withinSeconds: 60);
        Assert.Contains("\"from\":4,\"to\":4,\"count\":1,\"cls\":0,\"reason\":\"too_large\"", Gaps(fleet)[0], StringComparison.Ordinal);
        await Eventually.Sees("an empty outbox", () => vehicle.Uplink.Outbox.Count.Waiting == 0, withinSeconds: 60);
        Assert.Single(vehicle.Log, line => line.Contains("Connected to broker", StringComparison.Ordinal));
        Assert.Single(vehicle.Log, line => line.Contains("can never go to broker", StringComparison.Ordinal));
        Assert.DoesNotContain(vehicle.Log, line => line.Contains("TLS", StringComparison.Ordinal));
        Assert.Equal(1, vehicle.Uplink.Outbox.Count.Dropped);
    }

    [Fact]
    public void The_longest_gap_fits_where_a_broker_is_worked_with()
    {
        var name = new string('x', 32);
        var stamp = new WireStamp(long.MaxValue, DateTimeOffset.MaxValue, WireClock.Holdover);
        var body = WireUpkeep.Gap(
            new(name, name, ulong.MaxValue, int.MaxValue, "100.100.100-preview"),
            stamp,
            TimeSpan.MaxValue,
            new(long.MaxValue, long.MaxValue),
            long.MaxValue,
            cls: 2,
            "unsendable");
        var topic = new Topics(name, name).Alert(WireEvent.Device);
        var message = new Messages(voice: null!, isOld: false, TimeProvider.System)
            .Event(new(long.MaxValue, topic, body, AddedAt: 0, OutboxClass.Alert, long.MaxValue), TimeSpan.Zero);

        Assert.InRange(PacketSize.Of(message), 512, BrokerLimits.SmallestUsable);
    }

    [Fact]
    public async Task A_packet_is_counted_with_all_that_is_sent()
    {
        await using var broker = new ScriptedBroker(ScriptedBroker.Usual);
        await using var vehicle = new TestVehicle(broker.Port);
        vehicle.EmitAlerts(1);

        await Eventually.Sees("the alert", () => broker.Events.Any());
        var packet = broker.Events.First();
        var message = new Messages(voice: null!, isOld: false, TimeProvider.System)
            .Event(new(1, packet.Topic, BodyOf(packet), AddedAt: 0, OutboxClass.Alert, 1), TimeSpan.Zero);

        Assert.Equal(packet.Size, PacketSize.Of(message));
    }

    [Theory]
    [InlineData("max_qos 0", "max_qos 1")]
    [InlineData("retain_available false", "retain_available true")]
    [InlineData("max_packet_size 256", "max_packet_size")]
    [InlineData("max_packet_size 700", "max_packet_size")]
    public async Task Limits_that_no_vehicle_can_work_with_are_named_with_their_remedy(string limit, string remedy)
    {
        await using var broker = await Mosquitto.StartAsync(_ => $"allow_anonymous true\n{limit}");
        await using var vehicle = new TestVehicle(broker.Address.Port);
        vehicle.EmitAlerts(1);

        await Eventually.Sees(
            "the remedy", () => vehicle.Log.Any(line => line.Contains(remedy, StringComparison.Ordinal)), withinSeconds: 60);
        Assert.Contains(
            vehicle.Log, line => line.StartsWith("Error: A vehicle cannot work with broker", StringComparison.Ordinal));
        await Eventually.Sees("the pause", () => vehicle.Uplink.Link.State == LinkState.Backoff, withinSeconds: 60);
        Assert.Equal(TimeSpan.FromSeconds(300), Round(vehicle.Uplink.Link.Wait));
        // Nothing is lost: the alert, and the news of the refusal.
        await Eventually.Sees("both waiting", () => vehicle.Uplink.Outbox.Count.Waiting == 2, withinSeconds: 60);
    }

    [Fact]
    public async Task Two_clients_with_one_id_are_said_to_be_that()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var one = new TestVehicle(broker.Address.Port);
        await using var other = new TestVehicle(broker.Address.Port);

        await Eventually.Sees("the other named", () => one.Log.Concat(other.Log).Any(line =>
            line.Contains("Mqtt:Vehicle", StringComparison.Ordinal)), withinSeconds: 60);
    }

    [Fact]
    public async Task Answers_in_the_wrong_order_and_to_the_wrong_number_lose_nothing()
    {
        var held = new List<int>();
        await using var broker = new ScriptedBroker(packet =>
        {
            if (packet.Type != Packet.Publish || !packet.Topic.Contains("/alert/", StringComparison.Ordinal))
                return ScriptedBroker.Usual(packet);
            // On the first connection five are held and answered backwards; then a number answered that was never given.
            if (packet.Connection > 1) return ScriptedBroker.Usual(packet);
            held.Add(packet.Id);
            if (held.Count == 5) return [.. held.AsEnumerable().Reverse().Select(id => ScriptedBroker.Puback(id))];
            return held.Count == 6 ? [ScriptedBroker.Puback(60_000)] : [];
        });
        await using var vehicle = new TestVehicle(broker.Port);
        vehicle.EmitAlerts(12);

        await Eventually.Sees("every alert acknowledged", () => vehicle.Uplink.Outbox.Count.Waiting == 0, withinSeconds: 90);
        Assert.Equal(Enumerable.Range(1, 12), broker.Events.Select(Number).Distinct().Order());
        // What was answered is not sent again.
        Assert.DoesNotContain(broker.Events.Where(packet => packet.Connection > 1).Select(Number), number => number <= 5);
    }

    [Fact]
    public async Task A_broker_that_never_answers_is_left_after_ten_seconds_and_its_session_may_be_lost()
    {
        await using var broker = new ScriptedBroker(packet =>
            packet is { Type: Packet.Publish, Connection: 1 } && packet.Topic.Contains("/alert/", StringComparison.Ordinal)
                ? []
                : ScriptedBroker.Usual(packet));
        await using var vehicle = new TestVehicle(broker.Port, listen: true);
        vehicle.EmitAlerts(3);

        await Eventually.Sees("every alert acknowledged", () => vehicle.Uplink.Outbox.Count.Waiting == 0, withinSeconds: 90);
        Assert.Contains(vehicle.Log, line => line.Contains("no answer in time", StringComparison.Ordinal));
        // This broker never knows a session: each connection asks for the orders anew.
        Assert.Equal(2, broker.Packets.Count(packet => packet.Type == Packet.Subscribe));
        // 24 h for the session, 10 s for the will.
        var connect = broker.Packets[0].Body;
        Assert.True(connect.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x11, 0, 1, 0x51, 0x80]) > 0);
        Assert.True(connect.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x18, 0, 0, 0, 10]) > 0);
    }

    [Fact]
    public async Task The_brokers_keep_alive_and_its_window_replace_ours()
    {
        var (most, open) = (0, new HashSet<int>());
        await using var broker = new ScriptedBroker(packet =>
        {
            // Server keep-alive 1 s, receive maximum 2, topic alias maximum 5.
            if (packet.Type == Packet.Connect)
                return [ScriptedBroker.Connack(0, 0x13, 0, 1, 0x21, 0, 2, 0x22, 0, 5)];
            if (packet.Type != Packet.Publish || !packet.Topic.Contains("/alert/", StringComparison.Ordinal))
                return ScriptedBroker.Usual(packet);
            open.Add(packet.Id);
            most = Math.Max(most, open.Count);
            if (open.Count < 2) return [];
            var answers = open.Select(id => ScriptedBroker.Puback(id)).ToList();
            open.Clear();
            return answers;
        });
        await using var vehicle = new TestVehicle(broker.Port);
        vehicle.EmitAlerts(20);

        await Eventually.Sees("every alert acknowledged", () => vehicle.Uplink.Outbox.Count.Waiting == 0, withinSeconds: 60);
        await Eventually.Sees(
            "a ping long before our own time", () => broker.Packets.Any(packet => packet.Type == Packet.Ping), withinSeconds: 15);
        Assert.Equal(2, most);
        Assert.All(broker.Events, packet => Assert.StartsWith("dm/v1/", packet.Topic, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_that_ends_each_connection_without_a_reason_waits_and_the_rest_goes_out()
    {
        await using var broker = new ScriptedBroker(packet => packet.Size > 1_500 ? [null] : ScriptedBroker.Usual(packet));
        await using var vehicle = new TestVehicle(broker.Port);
        vehicle.EmitAlerts(2);
        AddLarge(vehicle);
        vehicle.EmitAlerts(4);

        await Eventually.Sees("the one that is held back", () => vehicle.Log.Any(line =>
            line.Contains("closes the connection each time event 3 is sent", StringComparison.Ordinal)), withinSeconds: 90);
        await Eventually.Sees("all but that one acknowledged", () => vehicle.Uplink.Outbox.Count.Waiting == 1, withinSeconds: 90);
        Assert.InRange(broker.Events.Count(packet => packet.Size > 1_500), 3, 6);
    }

    [Fact]
    public async Task An_event_that_cannot_be_sent_at_all_does_not_hold_up_the_others()
    {
        await using var broker = new ScriptedBroker(ScriptedBroker.Usual);
        await using var vehicle = new TestVehicle(broker.Port);
        for (var i = 0; i < 25; i++)
            vehicle.Uplink.Outbox.Add(OutboxClass.Alert, $"{TestVehicle.Root}/alert/#", _ => "{}"u8.ToArray());
        vehicle.EmitAlerts(5);

        await Eventually.Sees("an empty outbox", () => vehicle.Uplink.Outbox.Count.Waiting == 0, withinSeconds: 60);
        await Eventually.Sees(
            "the alerts and a gap for each", () =>
                broker.Events.Count(packet => packet.Topic.EndsWith("/fatigue", StringComparison.Ordinal)) == 5
                && broker.Events.Count(packet => packet.Text.Contains("\"reason\":\"unsendable\"", StringComparison.Ordinal))
                    == 25,
            withinSeconds: 60);
    }

    [Fact]
    public async Task A_fault_that_nobody_expected_ends_the_link_loudly()
    {
        await using var broker = new ScriptedBroker(packet =>
            packet.Topic == "local/alert" ? [ScriptedBroker.Puback(packet.Id, code: 0x87)] : ScriptedBroker.Usual(packet));
        using var uplink = new Uplink(
            new() { Brokers = [$"127.0.0.1:{broker.Port}"], FirstConnectSpread = TimeSpan.Zero },
            new("face@1.2.0", "c41a"),
            TimeProvider.System,
            random: () => 0,
            new BrokenLog("refuses us local/alert"));
        var running = uplink.Link.RunAsync(CancellationToken.None);
        uplink.Outbox.Add(OutboxClass.Alert, "local/alert", _ => "{}"u8.ToArray());

        await Assert.ThrowsAsync<InvalidOperationException>(() => running.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Theory]
    [InlineData(0x00, "Connected"), InlineData(1, "OldBroker"), InlineData(2, "NotAuthorised"), InlineData(3, "Busy")]
    [InlineData(4, "NotAuthorised"), InlineData(5, "NotAuthorised"), InlineData(0x80, "Unreachable")]
    [InlineData(0x84, "OldBroker"), InlineData(0x85, "NotAuthorised"), InlineData(0x87, "NotAuthorised")]
    [InlineData(0x88, "Busy"), InlineData(0x8a, "NotAuthorised"), InlineData(0x90, "Unfit"), InlineData(0x95, "Unfit")]
    [InlineData(0x97, "Busy"), InlineData(0x9a, "Unfit"), InlineData(0x9b, "Unfit"), InlineData(0x9d, "Unfit")]
    [InlineData(0x9f, "Busy"), InlineData(0xff, "Unreachable")]
    public void Each_number_of_a_broker_has_a_meaning(int code, string expected) =>
        Assert.Equal(expected, ReasonCodes.NewsOf((MQTTnet.MqttClientConnectResultCode)code).ToString());

    [Fact]
    public void A_brokers_own_words_are_shown_on_one_short_line()
    {
        var said = ReasonCodes.Explain(0x9b, "\u001b[31mno\n" + new string('x', 5_000));

        Assert.StartsWith(@"0x9b QoS not supported (\x1b[31mno\x0axxx", said, StringComparison.Ordinal);
        Assert.EndsWith("; allow QoS 1 there (mosquitto: max_qos 1)", said, StringComparison.Ordinal);
        Assert.InRange(said.Length, 200, 300);
    }

    [Theory]
    [InlineData(0x8e, "gave our place to another client")]
    [InlineData(0x95, "0x95 packet too large; allow packets")]
    [InlineData(0x9b, "0x9b QoS not supported; allow QoS 1")]
    [InlineData(0x8b, "0x8b server shutting down")]
    public async Task A_goodbye_with_a_reason_is_said_as_that(int code, string says)
    {
        await using var broker = new ScriptedBroker(packet =>
            packet.Type == Packet.Publish
                ? [.. ScriptedBroker.Usual(packet), ScriptedBroker.Goodbye(code), null]
                : ScriptedBroker.Usual(packet));
        await using var vehicle = new TestVehicle(broker.Port);

        await Eventually.Sees(
            "the reason", () => vehicle.Log.Any(line => line.Contains(says, StringComparison.Ordinal)), withinSeconds: 60);
    }

    private static void AddLarge(TestVehicle vehicle) => vehicle.Uplink.Outbox.Add(
        OutboxClass.Alert, $"{TestVehicle.Root}/alert/device",
        seq => Encoding.UTF8.GetBytes($$"""{"seq":{{seq}},"data":"{{TooLong}} {{new string('x', 2_000)}}"}"""));

    /// <summary>The JSON at the packet's end.</summary>
    private static byte[] BodyOf(Packet packet) => packet.Body[packet.Body.AsSpan().IndexOf((byte)'{')..];

    private static int Fatigue(Subscriber fleet) =>
        fleet.Messages.Count(message => message.Topic.EndsWith("/alert/fatigue", StringComparison.Ordinal));

    private static List<string> Gaps(Subscriber fleet) =>
        [
            .. fleet
                .Messages.Where(message => message.Body.Contains("io.dms.gap.v1", StringComparison.Ordinal))
                .Select(message => message.Body),
        ];

    private static int Number(Packet packet)
    {
        var at = packet.Text.IndexOf("\"seq\":", StringComparison.Ordinal) + "\"seq\":".Length;
        return int.Parse(
            packet.Text.AsSpan(at, packet.Text.IndexOf(',', at) - at), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static TimeSpan Round(TimeSpan wait) => TimeSpan.FromSeconds(Math.Round(wait.TotalSeconds));

    /// <summary>A log that fails at one line, as a full disk behind it would.</summary>
    private sealed class BrokenLog(string at) : ILogger<MqttLink>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception).Contains(at, StringComparison.Ordinal)) throw new InvalidOperationException("no log");
        }
    }
}
