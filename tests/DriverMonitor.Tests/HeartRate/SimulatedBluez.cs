using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate;
using DriverMonitor.HeartRate.Bus;

namespace DriverMonitor.Tests.HeartRate;

/// <summary>
/// The far end of the bus in simulated time: bluetoothd, an adapter and straps that answer <see cref="StrapDialogue"/>'s calls with the
/// messages that BlueZ would send. A day passes in a second or two.
/// </summary>
internal sealed class SimulatedBluez
{
    private const string Hci = "/org/bluez/hci0";
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>Linux searches for so long at a time; whom it has heard in it, it connects only when that is over.</summary>
    private static readonly TimeSpan Search = TimeSpan.FromSeconds(10.24);

    private static readonly string[] Rssi = ["RSSI"];

    private readonly StrapDialogue _dialogue;
    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> _later = new();
    private ulong _cookie;
    private long _order;
    private bool _discovering;
    private TimeSpan _searchedAt;

    public SimulatedBluez(BluetoothSettings settings, params SimulatedStrap[] straps)
    {
        (_dialogue, Straps) = (new(settings), straps);
        foreach (var strap in straps) strap.Path = $"{Hci}/dev_{strap.Address.Replace(':', '_')}";
    }

    public TimeSpan Now { get; private set; }

    public IReadOnlyList<SimulatedStrap> Straps { get; }

    /// <summary>What came out at our end.</summary>
    public List<(TimeSpan At, HeartPacket Packet)> Packets { get; } = [];

    public Dictionary<string, int> Calls { get; } = [];

    public StrapStatus Status => _dialogue.Status;

    /// <summary>Objects that our end remembers.</summary>
    public int Remembered => _dialogue.Tree.Count;

    private bool IsRunning { get; set; } = true;

    private bool IsPlugged { get; set; } = true;

    private bool IsOn { get; set; } = true;

    public void RunUntil(TimeSpan until)
    {
        for (; Now < until; Now += Tick)
        {
            while (_later.TryPeek(out _, out var due) && due.At <= Now) _later.Dequeue()();
            while (_dialogue.Next(Now) is { } call)
            {
                _dialogue.Sent(++_cookie);
                Hear(call, _cookie);
            }
        }
    }

    /// <summary>Something happens to the radio; what happens to a strap is said to the strap.</summary>
    public void Happen(string what)
    {
        switch (what)
        {
            case "stop": Stop(); break;
            case "start": (IsRunning, _discovering) = (true, false); Owner(":1.7"); break;
            case "unplug": Lose(); IsPlugged = false; Signal("/", Bluez.ObjectManager, "InterfacesRemoved", Hci, new[] { Bluez.Adapter }); break;
            case "plug": IsPlugged = true; Signal("/", Bluez.ObjectManager, "InterfacesAdded", Hci, Adapter()); break;
            case "off": Lose(); IsOn = false; Change(Hci, Bluez.Adapter, ("Powered", false)); break;
            default: throw new ArgumentException($"Nothing called '{what}' happens here.", nameof(what));
        }
    }

    public void Come(SimulatedStrap strap)
    {
        strap.IsHere = true;
        Advertise(strap);
        if (strap.Call is { } waiting) Connect(strap, waiting);
    }

    public void Leave(SimulatedStrap strap)
    {
        strap.IsHere = false;
        HangUp(strap);
    }

    public void HangUp(SimulatedStrap strap)
    {
        if (!strap.IsConnected) return;
        (strap.IsConnected, strap.IsSubscribed) = (false, false);
        Signal("/", Bluez.ObjectManager, "InterfacesRemoved", strap.Pulse, new[] { Bluez.Characteristic });
        Change(strap.Path, Bluez.Device, ("ServicesResolved", false), ("Connected", false));
    }

    private void Stop()
    {
        foreach (var strap in Straps) (strap.IsConnected, strap.IsSubscribed, strap.IsKnown, strap.Call) = (false, false, false, null);
        (IsRunning, _discovering) = (false, false);
        Owner("");
    }

    private void Lose()
    {
        foreach (var strap in Straps)
        {
            HangUp(strap);
            if (strap.IsKnown) Signal("/", Bluez.ObjectManager, "InterfacesRemoved", strap.Path, new[] { Bluez.Device });
            (strap.IsKnown, strap.Call) = (false, null);
        }

        _discovering = false;
    }

    private void Hear(BusCall call, ulong cookie)
    {
        Calls[call.Member] = Calls.GetValueOrDefault(call.Member) + 1;
        var strap = Straps.FirstOrDefault(s => call.Path.StartsWith(s.Path, StringComparison.Ordinal));
        if (call.Destination == Bluez.Service && (!IsRunning || (call.Path.StartsWith(Hci, StringComparison.Ordinal) && !IsPlugged)))
        {
            Fail(cookie, "org.freedesktop.DBus.Error.UnknownObject");
            return;
        }

        if (strap is not null) strap.WasCalled = true;
        switch (call.Member)
        {
            case "NameHasOwner": Return(cookie, IsRunning); break;
            case "GetManagedObjects": Return(cookie, Objects()); break;
            case "Set": IsOn = true; Return(cookie); Change(Hci, Bluez.Adapter, ("Powered", true)); break;
            case "StartDiscovery": Discover(); Return(cookie); break;
            case "StopDiscovery": StopDiscovering(); Return(cookie); break;
            case "Connect" when strap!.NeverAnswers: break;
            case "Connect" when strap!.IsHere: Connect(strap, cookie); break;
            case "Connect": Await(strap!, cookie); break;
            case "Disconnect": Cancel(strap!); Disconnect(strap!, cookie); break;
            case "RemoveDevice": Remove(Straps.First(s => call.Arguments is [ObjectPath path] && path.Text == s.Path)); Return(cookie); break;
            case "Pair": Bond(strap!, cookie); break;
            case "StartNotify": Subscribe(strap!, cookie); break;
            case "StopNotify": strap!.IsSubscribed = false; Return(cookie); break;
            default: Return(cookie); break;
        }
    }

    private void Discover()
    {
        (_discovering, _searchedAt) = (true, Now);
        foreach (var strap in Straps) Advertise(strap);
    }

    /// <summary>How strong a strap is, BlueZ says only while it searches.</summary>
    private void StopDiscovering()
    {
        _discovering = false;
        foreach (var strap in Straps.Where(s => s.IsKnown))
            Signal(strap.Path, Bluez.Properties, "PropertiesChanged", Bluez.Device, new Dictionary<string, object>(), Rssi);
    }

    private void Advertise(SimulatedStrap strap) => Later(0.3, () =>
    {
        if (!_discovering || !strap.IsHere || strap.IsConnected) return;
        if (strap.IsKnown) Change(strap.Path, Bluez.Device, ("RSSI", -60L));
        else Signal("/", Bluez.ObjectManager, "InterfacesAdded", strap.Path, Device(strap));
        strap.IsKnown = true;
    });

    private void Connect(SimulatedStrap strap, ulong cookie)
    {
        strap.Call = cookie;
        Later(0.5, () => Reach(strap, cookie));
    }

    private void Reach(SimulatedStrap strap, ulong cookie)
    {
        if (strap.Call != cookie) return;
        if (_discovering && (Now - _searchedAt).TotalSeconds % Search.TotalSeconds > 0.5)
        {
            Later(0.1, () => Reach(strap, cookie));
            return;
        }

        strap.Call = null;
        if (!strap.IsHere || !IsRunning || !IsPlugged)
        {
            Fail(cookie, "org.bluez.Error.Failed", "le-connection-abort-by-local");
            return;
        }

        strap.IsConnected = true;
        var connection = ++strap.Connections;
        if (strap.IsAnnounced) Change(strap.Path, Bluez.Device, ("Connected", true));
        Return(cookie);
        if (strap.ResolvesAfter is { } wait) Later(wait, () => Resolve(strap, connection));
        if (strap.HangsUpAfter is { } after) Later(after, () => HangUp(strap));
    }

    /// <summary>BlueZ lets the line stand for two seconds more, and then answers.</summary>
    private void Disconnect(SimulatedStrap strap, ulong cookie)
    {
        if (!strap.IsConnected)
        {
            Return(cookie);
            return;
        }

        Later(2, () =>
        {
            HangUp(strap);
            Return(cookie);
        });
    }

    private void Remove(SimulatedStrap strap)
    {
        Cancel(strap);
        HangUp(strap);
        Signal("/", Bluez.ObjectManager, "InterfacesRemoved", strap.Path, new[] { Bluez.Device });
        (strap.IsKnown, strap.IsMuddled) = (false, false);
        Advertise(strap);
    }

    private void Resolve(SimulatedStrap strap, int connection)
    {
        if (!strap.IsConnected || strap.Connections != connection || strap.IsMuddled) return;
        var uuid = new Dictionary<string, object> { ["UUID"] = Bluez.Uuid(Bluez.HeartRateMeasurement) };
        Signal("/", Bluez.ObjectManager, "InterfacesAdded", strap.Pulse, new Dictionary<string, object> { [Bluez.Characteristic] = uuid });
        Change(strap.Path, Bluez.Device, ("ServicesResolved", true));
    }

    private void Await(SimulatedStrap strap, ulong cookie)
    {
        strap.Call = cookie;
        Later(20, () =>
        {
            if (strap.Call == cookie) Cancel(strap);
        });
    }

    private void Cancel(SimulatedStrap strap)
    {
        if (strap.Call is { } waiting) Fail(waiting, "org.bluez.Error.Failed", "le-connection-abort-by-local");
        strap.Call = null;
    }

    private void Bond(SimulatedStrap strap, ulong cookie)
    {
        if (strap.Refuses)
        {
            Fail(cookie, "org.bluez.Error.AuthenticationFailed");
            return;
        }

        strap.IsBonded = true;
        Return(cookie);
    }

    private void Subscribe(SimulatedStrap strap, ulong cookie)
    {
        if (strap.Faults.TryDequeue(out var fault)) Fail(cookie, fault);
        else if (strap.NeedsBond && !strap.IsBonded) Fail(cookie, "org.bluez.Error.NotPermitted", "Not paired");
        else
        {
            strap.Subscribe(Now);
            Return(cookie);
            Beat(strap, strap.Subscription);
        }
    }

    private void Beat(SimulatedStrap strap, int subscription) => Later(1, () =>
    {
        if (!strap.IsSubscribed || strap.Subscription != subscription) return;
        if (strap.Report(Now) is { } bytes)
            Signal(strap.Pulse, Bluez.Properties, "PropertiesChanged", Bluez.Characteristic, new Dictionary<string, object> { ["Value"] = bytes }, Array.Empty<string>());
        Beat(strap, subscription);
    });

    private Dictionary<string, object> Objects()
    {
        var objects = new Dictionary<string, object>();
        if (IsPlugged) objects[Hci] = Adapter();
        foreach (var strap in Straps.Where(s => s.IsKnown)) objects[strap.Path] = Device(strap);
        return objects;
    }

    private Dictionary<string, object> Adapter() => new() { [Bluez.Adapter] = new Dictionary<string, object> { ["Powered"] = IsOn } };

    private static Dictionary<string, object> Device(SimulatedStrap strap) => new()
    {
        [Bluez.Device] = new Dictionary<string, object>
        {
            ["Address"] = strap.Address, ["Alias"] = "Strap", ["RSSI"] = -60L, ["Connected"] = strap.IsConnected, ["ServicesResolved"] = false,
        },
    };

    private void Later(double seconds, Action then) => _later.Enqueue(then, (Now + TimeSpan.FromSeconds(seconds), _order++));

    private void Owner(string owner) => Signal("/org/freedesktop/DBus", Bluez.Daemon, "NameOwnerChanged", Bluez.Service, "", owner);

    private void Change(string path, string @interface, params (string Name, object Value)[] values) => Signal(
        path, Bluez.Properties, "PropertiesChanged", @interface, values.ToDictionary(v => v.Name, v => v.Value), Array.Empty<string>());

    private void Signal(string path, string @interface, string member, params object[] body) =>
        Tell(new(BusMessageKind.Signal, path, @interface, member, body));

    private void Return(ulong cookie, params object[] body) => Later(0, () => Tell(new(BusMessageKind.Return, "", "", "", body, cookie)));

    private void Fail(ulong cookie, string name, string text = "") =>
        Later(0, () => Tell(new(BusMessageKind.Error, "", "", "", [], cookie, new(name, text))));

    private void Tell(BusMessage message)
    {
        if (_dialogue.Hear(Now, message) is { } packet) Packets.Add((Now, packet));
    }
}
