using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate.Bluez.Bus;

namespace DriverMonitor.HeartRate.Bluez;

/// <summary>
/// All that is said between us and BlueZ, as messages in and calls out: the decisions of <see cref="StrapConnectionPolicy"/>
/// become calls, signals and answers become knowledge and heart packets. It has no bus and no clock; one conversation lasts as
/// long as one connection to the bus.
/// </summary>
internal sealed class BluezSession(BluetoothSettings settings, HeartSettings? heart = null)
{
    private static readonly TimeSpan ListPatience = TimeSpan.FromSeconds(5);

    /// <summary>In the first byte of a measurement: contact is felt, contact can be felt.</summary>
    private const int ContactBits = 0b110;

    // Assigned numbers of the Bluetooth SIG, Body Sensor Location.
    private static readonly string[] Locations = ["other", "chest", "wrist", "finger", "hand", "ear lobe", "foot"];

    private readonly StrapConnectionPolicy _link = new(settings);
    private readonly Queue<(BusCall Call, Purpose Purpose)> _calls = new([(Bluez.IsRunning(), Purpose.Running)]);
    private readonly Dictionary<Purpose, ulong> _awaited = [];
    private Purpose _saying;
    private StrapAction _order;
    private TimeSpan? _listBy;
    private bool _knowsObjects;
    private (string Path, int? Percent)? _battery;
    private (string Path, string Words)? _location;

    private enum Purpose { None, Running, List, Order }

    /// <summary>What BlueZ has told.</summary>
    public BluezObjectTree Tree { get; } = new();

    public StrapStatus Status => _link.Strap is { } strap
        ? new(_link.State, _link.Trouble, strap.Address, strap.Name, strap.Battery ?? Of(strap, _battery), Of(strap, _location))
        : new(_link.State, _link.Trouble);

    /// <summary>The next call to send, or null; after sending, tell <see cref="Sent"/> its cookie.</summary>
    public BusCall? Next(TimeSpan now)
    {
        if (now > _listBy) List(now);
        if (_calls.Count == 0 && _knowsObjects && _link.Step(now, Tree) is { } order) Apply(order);
        if (!_calls.TryDequeue(out var next)) return null;
        _saying = next.Purpose;
        return next.Call;
    }

    public void Sent(ulong cookie)
    {
        if (_saying != Purpose.None) _awaited[_saying] = cookie;
    }

    /// <summary>Takes a message; gives the heart packet that was in it, if any.</summary>
    public HeartPacket? Handle(TimeSpan now, BusMessage message)
    {
        if (message.Kind != BusMessageKind.Signal)
        {
            HandleAnswer(now, message);
            return null;
        }

        if (message is { Member: "NameOwnerChanged", Interface: Bluez.Daemon, Body: [Bluez.Service, string, string owner] })
        {
            Restart(now, isRunning: owner.Length > 0);
            return null;
        }

        Tree.Handle(message);
        if (
            message is not { Member: "PropertiesChanged", Body: [Bluez.Characteristic, Dictionary<string, object> values, ..] }
            || !values.TryGetValue("Value", out var value)
            || value is not byte[] bytes)
            return null;
        if (message.Path == _link.PulsePath)
            return Decode(now, bytes);
        if (_link.Strap is { } strap && message.Path == Tree.Characteristic(strap.Path, Bluez.BatteryLevel))
            TakeBattery(message.Path, bytes);
        return null;
    }

    /// <summary>What BlueZ may ask of us while bonding: only for a bound strap, and nothing that needs a code.</summary>
    public bool Agrees(BusMessage call) =>
        call switch
        {
            { Interface: Bluez.Agent, Member: "Release" or "Cancel" } => true,
            {
                Interface: Bluez.Agent,
                Member: "RequestAuthorization" or "RequestConfirmation" or "AuthorizeService",
                Body: [string device, ..]
            } => settings.Addresses.Any(address =>
                device.EndsWith("/dev_" + address.Replace(':', '_'), StringComparison.OrdinalIgnoreCase)),
            _ => false,
        };

    /// <summary>The last call of a conversation: a strap that nobody listens to is free for others.</summary>
    public BusCall? DisconnectCall() => _link.Ours is { } path ? Bluez.Call(path, Bluez.Device, "Disconnect") : null;

    private static T? Of<T>(BluezDevice strap, (string Path, T Value)? read) =>
        read is { } it && it.Path.StartsWith(strap.Path + "/", StringComparison.Ordinal) ? it.Value : default;

    private void HandleAnswer(TimeSpan now, BusMessage answer)
    {
        if (Is(Purpose.Running, answer)) Restart(now, answer.Body is [true]);
        else if (Is(Purpose.List, answer)) TakeList(answer);
        else if (Is(Purpose.Order, answer))
        {
            if (answer.Error is null) TakeReading(answer);
            _link.Answer(now, StrapFaults.Of(answer.Error));
        }
    }

    /// <summary>An answer to a call that was given up meanwhile is nobody's.</summary>
    private bool Is(Purpose purpose, BusMessage answer) =>
        _awaited.TryGetValue(purpose, out var cookie) && cookie == answer.AnswerTo && _awaited.Remove(purpose);

    private void Restart(TimeSpan now, bool isRunning)
    {
        Tree.Reset();
        _calls.Clear();
        _awaited.Clear();
        _link.Reset(now, isRunning);
        (_knowsObjects, _listBy) = (false, null);
        if (!isRunning) return;
        _calls.Enqueue((Bluez.OfferAgent(), Purpose.None));
        List(now);
    }

    private void List(TimeSpan now)
    {
        _listBy = now + ListPatience;
        _calls.Enqueue((Bluez.ListObjects(), Purpose.List));
    }

    private void TakeList(BusMessage answer)
    {
        if (answer.Body is not [var objects]) return; // an error: asked again when its time is over
        Tree.Load(objects);
        (_knowsObjects, _listBy) = (true, null);
    }

    private void Apply(StrapAction order)
    {
        _order = order;
        _awaited.Remove(Purpose.Order);
        if (order.Verb == StrapVerb.Discover) _calls.Enqueue((Bluez.FilterHearts(order.Path), Purpose.None));
        _calls.Enqueue((ToCall(order), Purpose.Order));
    }

    private static BusCall ToCall(StrapAction order) => order.Verb switch
    {
        StrapVerb.PowerOn => Bluez.PowerOn(order.Path),
        StrapVerb.Discover => Bluez.Call(order.Path, Bluez.Adapter, "StartDiscovery"),
        StrapVerb.StopDiscovering => Bluez.Call(order.Path, Bluez.Adapter, "StopDiscovery"),
        StrapVerb.Connect => Bluez.Call(order.Path, Bluez.Device, "Connect"),
        StrapVerb.Disconnect => Bluez.Call(order.Path, Bluez.Device, "Disconnect"),
        StrapVerb.Forget => Bluez.RemoveDevice(order.Path),
        StrapVerb.Bond => Bluez.Call(order.Path, Bluez.Device, "Pair"),
        StrapVerb.Subscribe or StrapVerb.FollowBattery => Bluez.Call(order.Path, Bluez.Characteristic, "StartNotify"),
        StrapVerb.Unsubscribe => Bluez.Call(order.Path, Bluez.Characteristic, "StopNotify"),
        StrapVerb.ReadBattery or StrapVerb.ReadLocation => Bluez.Read(order.Path),
        _ => throw new ArgumentOutOfRangeException(nameof(order)),
    };

    private void TakeReading(BusMessage answer)
    {
        if (answer.Body is not [byte[] { Length: > 0 } bytes])
            return;
        if (_order.Verb == StrapVerb.ReadBattery)
            TakeBattery(_order.Path, bytes);
        if (_order.Verb == StrapVerb.ReadLocation)
            _location = (_order.Path, bytes[0] < Locations.Length ? Locations[bytes[0]] : Locations[0]);
    }

    private void TakeBattery(string path, byte[] bytes)
    {
        if (bytes is [<= 100 and var percent, ..]) _battery = (path, percent);
    }

    private HeartPacket? Decode(TimeSpan now, byte[] bytes)
    {
        if (_link.Strap is not { } strap) return null;
        var isFirst = _link.Handle(now);
        if (settings.IgnoreContact && bytes.Length > 0) bytes[0] &= unchecked((byte)~ContactBits);
        var packet = HeartRatePacketDecoder.Decode(bytes, strap.Address, heart);
        return isFirst ? packet with { Flaws = packet.Flaws | HeartFlaws.AfterBreak } : packet;
    }
}
