using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DriverMonitor.Core.Events;
using DriverMonitor.Mqtt;
using MQTTnet;
using MQTTnet.Protocol;

namespace DriverMonitor.Tests.Support;

/// <summary>
/// The fleet's half of the contract: takes every event once, knows which are missing, says so, and sends signed orders. Small,
/// and right: what a real one must do is what it does.
/// </summary>
internal sealed class FleetDouble : IAsyncDisposable
{
    private readonly FleetKey _key;
    private readonly Subscriber _ear;
    private readonly bool _isOld;
    private readonly IMqttClient _mouth = new MqttClientFactory().CreateMqttClient();
    private readonly ConcurrentDictionary<(string Vehicle, string Epoch), SeqTally> _tallies = new();
    private readonly Lock _gate = new();
    private readonly List<FleetEvent> _events = [];
    private int _orders;

    private FleetDouble(Subscriber ear, FleetKey key, bool isOld)
    {
        (_ear, _key, _isOld) = (ear, key, isOld);
        ear.Heard += Take;
    }

    /// <summary>Everything heard, once each, in the order of arrival.</summary>
    public IReadOnlyList<FleetEvent> Events
    {
        get
        {
            lock (_gate) return [.. _events];
        }
    }

    /// <summary>Events that came again.</summary>
    public int Repeats { get; private set; }

    /// <param name="isOld">The broker speaks MQTT 3.1.1 only.</param>
    public static async Task<FleetDouble> StartAsync(BrokerAddress broker, FleetKey key, bool isOld = false)
    {
        var fleet = new FleetDouble(await FleetEar.Fleet(broker), key, isOld);
        await fleet._mouth.ConnectAsync(
            new MqttClientOptionsBuilder()
                .WithTcpServer(broker.Host, broker.Port)
                .WithProtocolVersion(
                    isOld ? MQTTnet.Formatter.MqttProtocolVersion.V311 : MQTTnet.Formatter.MqttProtocolVersion.V500)
                .Build());
        return fleet;
    }

    /// <summary>What is known of one epoch of a vehicle.</summary>
    public SeqTally TallyOf(string vehicle, string epoch) => _tallies.GetOrAdd((vehicle, epoch), _ => new());

    /// <summary>Sends a signed order and returns its id.</summary>
    public async Task<string> OrderAsync(string name, string args, string root = TestVehicle.Root)
    {
        var id = $"f{Interlocked.Increment(ref _orders)}";
        var order = new MqttApplicationMessageBuilder()
            .WithTopic($"{root}/cmd/{name}")
            .WithPayload(_key.Sign(name, args, id, to: string.Join('/', root.Split('/')[^2..])))
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        await _mouth.PublishAsync((_isOld ? order : order.WithMessageExpiryInterval(300)).Build());
        return id;
    }

    /// <summary>Tells a vehicle how far everything has arrived, and what is missing below.</summary>
    public Task<string> MarkAsync(string vehicle, string epoch, string root = TestVehicle.Root)
    {
        lock (_gate)
        {
            var tally = TallyOf(vehicle, epoch);
            var missing = string.Join(',', tally.Missing().Take(100).Select(range => $"[{range.From},{range.To}]"));
            return OrderAsync("hwm", $$"""{"epoch":"{{epoch}}","upTo":{{tally.Highest}},"missing":[{{missing}}]}""", root);
        }
    }

    public JsonNode? AnswerTo(string id) => Events.Where(one => one.Type == "io.dms.order.answer.v1")
        .Select(one => one.Data).FirstOrDefault(data => data["id"]!.GetValue<string>() == id);

    /// <summary>
    /// The time of an event by a later word of the same run on what time it was: what was stamped by a clock that nobody
    /// vouched for is moved, everything else stands.
    /// </summary>
    public static DateTimeOffset Restamp(FleetEvent happened, int boot, long mono, DateTimeOffset utc) =>
        happened.Boot != boot || happened.Clock is "synced" or "holdover"
            ? happened.Time
            : utc - TimeSpan.FromMilliseconds(mono - happened.Mono);

    public async ValueTask DisposeAsync()
    {
        await _ear.DisposeAsync();
        _mouth.Dispose();
    }

    private void Take(Received message)
    {
        if (FleetEvent.From(message) is not { } happened) return;
        lock (_gate)
        {
            if (happened.Seq == 0 || TallyOf(happened.Vehicle, happened.Epoch).Take(happened.Seq)) _events.Add(happened);
            else Repeats++;
        }
    }
}

/// <summary>One event as a fleet keeps it.</summary>
internal sealed record FleetEvent(
    string Vehicle, string Epoch, long Seq, string Type, int Boot, long Mono, DateTimeOffset Time, string Clock, JsonNode Data)
{
    /// <summary>Null for what is no event: status and state.</summary>
    public static FleetEvent? From(Received message)
    {
        try
        {
            return JsonNode.Parse(message.Body) is JsonObject body && body["specversion"] is not null
                ? new(
                    message.Topic.Split('/')[3],
                    Text(body, "epoch"),
                    body["seq"]!.GetValue<long>(),
                    Text(body, "type"),
                    body["boot"]!.GetValue<int>(),
                    body["mono"]!.GetValue<long>(),
                    DateTimeOffset.Parse(Text(body, "time"), CultureInfo.InvariantCulture),
                    Text(body, "clock"),
                    body["data"]!)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or NullReferenceException)
        {
            return null;
        }
    }

    private static string Text(JsonObject body, string key) => body[key]!.GetValue<string>();
}

/// <summary>Which numbers of an epoch have come: all up to a mark, and some above it.</summary>
internal sealed class SeqTally
{
    /// <summary>A vehicle this far ahead of what is missing has lost it for good, or lies.</summary>
    private const int MostAhead = 4_096;

    private readonly SortedSet<long> _ahead = [];

    /// <summary>Every number up to here has come.</summary>
    public long Mark { get; private set; }

    public long Highest => _ahead.Count > 0 ? _ahead.Max : Mark;

    /// <summary>False if the number has come before.</summary>
    public bool Take(long seq)
    {
        if (seq <= Mark || !_ahead.Add(seq)) return false;
        if (_ahead.Count > MostAhead) Mark = _ahead.Min - 1;
        while (_ahead.Remove(Mark + 1)) Mark++;
        return true;
    }

    public IEnumerable<SeqRange> Missing()
    {
        var from = Mark + 1;
        foreach (var seq in _ahead)
        {
            if (seq > from) yield return new(from, seq - 1);
            from = seq + 1;
        }
    }
}
