using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate.Bluez;
using DriverMonitor.HeartRate.Bluez.Bus;

namespace DriverMonitor.Tests.HeartRate;

/// <summary>
/// The far end of the bus in simulated time: bluetoothd, an adapter and straps that answer <see cref="BluezSession"/>'s calls
/// with the messages that BlueZ would send. A day passes in a second or two.
/// </summary>
internal sealed class SimulatedBluez
{
    private const string Hci = "/org/bluez/hci0";

    /// <summary>Linux searches for so long at a time; whom it has heard in it, it connects only when that is over.</summary>
    private static readonly TimeSpan Search = TimeSpan.FromSeconds(10.24);

    private static readonly string[] Rssi = ["RSSI"];

    private readonly SimulatedBus _bus;
    private bool _discovering;
    private TimeSpan _searchedAt;

    public SimulatedBluez(BluetoothSettings settings, params SimulatedStrap[] straps)
    {
        (_bus, Straps) = (new(new(settings), Handle), straps);
        foreach (var strap in straps) strap.Path = $"{Hci}/dev_{strap.Address.Replace(':', '_')}";
    }

    public TimeSpan Now => _bus.Now;

    public IReadOnlyList<SimulatedStrap> Straps { get; }

    /// <summary>What came out at our end.</summary>
    public List<(TimeSpan At, HeartPacket Packet)> Packets => _bus.Packets;

    public Dictionary<string, int> Calls { get; } = [];

    public StrapStatus Status => _bus.Dialogue.Status;

    /// <summary>Objects that our end remembers.</summary>
    public int Remembered => _bus.Dialogue.Tree.Count;

    private bool IsRunning { get; set; } = true;

    private bool IsPlugged { get; set; } = true;

    private bool IsOn { get; set; } = true;

    public void RunUntil(TimeSpan until) => _bus.RunUntil(until);

    /// <summary>Something happens to the radio; what happens to a strap is said to the strap.</summary>
    public void Happen(string what)
    {
        switch (what)
        {
            case "stop":
                Stop();
                break;
            case "start":
                (IsRunning, _discovering) = (true, false);
                Owner(":1.7");
                break;
            case "unplug":
                Lose();
                IsPlugged = false;
                _bus.Signal("/", Bluez.ObjectManager, "InterfacesRemoved", Hci, new[] { Bluez.Adapter });
                break;
            case "pull":
                foreach (var strap in Straps)
                    LoseServices(strap);
                _bus.Later(0.3, () => Happen("unplug"));
                break;
            case "plug":
                IsPlugged = true;
                _bus.Signal("/", Bluez.ObjectManager, "InterfacesAdded", Hci, Adapter());
                break;
            case "off":
                Lose();
                IsOn = false;
                _bus.Change(Hci, Bluez.Adapter, ("Powered", false));
                break;
            default:
                throw new ArgumentException($"Nothing called '{what}' happens here.", nameof(what));
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
        LoseServices(strap);
        (strap.IsConnected, strap.IsSubscribed) = (false, false);
        _bus.Change(strap.Path, Bluez.Device, ("ServicesResolved", false), ("Connected", false));
    }

    /// <summary>As BlueZ may do it, the services first and the connection a moment later.</summary>
    public void Fade(SimulatedStrap strap)
    {
        LoseServices(strap);
        _bus.Later(0.3, () => HangUp(strap));
    }

    private void LoseServices(SimulatedStrap strap)
    {
        if (strap.IsConnected)
            _bus.Signal("/", Bluez.ObjectManager, "InterfacesRemoved", strap.Pulse, new[] { Bluez.Characteristic });
    }

    private void Stop()
    {
        foreach (var strap in Straps)
            (strap.IsConnected, strap.IsSubscribed, strap.IsKnown, strap.Call) = (false, false, false, null);
        (IsRunning, _discovering) = (false, false);
        Owner("");
    }

    private void Lose()
    {
        foreach (var strap in Straps)
        {
            HangUp(strap);
            if (strap.IsKnown) _bus.Signal("/", Bluez.ObjectManager, "InterfacesRemoved", strap.Path, new[] { Bluez.Device });
            (strap.IsKnown, strap.Call) = (false, null);
        }

        _discovering = false;
    }

    private void Handle(BusCall call, ulong cookie)
    {
        Calls[call.Member] = Calls.GetValueOrDefault(call.Member) + 1;
        var strap = Straps.FirstOrDefault(s => call.Path.StartsWith(s.Path, StringComparison.Ordinal));
        if (
            call.Destination == Bluez.Service
            && (!IsRunning || (call.Path.StartsWith(Hci, StringComparison.Ordinal) && !IsPlugged)))
        {
            _bus.Fail(cookie, "org.freedesktop.DBus.Error.UnknownObject");
            return;
        }

        if (strap is not null) strap.WasCalled = true;
        switch (call.Member)
        {
            case "NameHasOwner":
                _bus.Return(cookie, IsRunning);
                break;
            case "GetManagedObjects":
                _bus.Return(cookie, Objects());
                break;
            case "Set":
                IsOn = true;
                _bus.Return(cookie);
                _bus.Change(Hci, Bluez.Adapter, ("Powered", true));
                break;
            case "StartDiscovery":
                Discover();
                _bus.Return(cookie);
                break;
            case "StopDiscovery":
                StopDiscovering();
                _bus.Return(cookie);
                break;
            case "Connect" when strap!.NeverAnswers:
                break;
            case "Connect" when strap!.IsHere:
                Connect(strap, cookie);
                break;
            case "Connect":
                Await(strap!, cookie);
                break;
            case "Disconnect":
                Cancel(strap!);
                Disconnect(strap!, cookie);
                break;
            case "RemoveDevice":
                Remove(Straps.First(s => call.Arguments is [ObjectPath path] && path.Text == s.Path));
                _bus.Return(cookie);
                break;
            case "Pair":
                Bond(strap!, cookie);
                break;
            case "StartNotify":
                Subscribe(strap!, cookie);
                break;
            case "StopNotify":
                strap!.IsSubscribed = false;
                _bus.Return(cookie);
                break;
            default:
                _bus.Return(cookie);
                break;
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
            _bus.Signal(strap.Path, Bluez.Properties, "PropertiesChanged", Bluez.Device, new Dictionary<string, object>(), Rssi);
    }

    private void Advertise(SimulatedStrap strap) => _bus.Later(0.3, () =>
    {
        if (!_discovering || !strap.IsHere || strap.IsConnected) return;
        if (strap.IsKnown) _bus.Change(strap.Path, Bluez.Device, ("RSSI", -60L));
        else _bus.Signal("/", Bluez.ObjectManager, "InterfacesAdded", strap.Path, Device(strap));
        strap.IsKnown = true;
    });

    private void Connect(SimulatedStrap strap, ulong cookie)
    {
        strap.Call = cookie;
        _bus.Later(0.5, () => Reach(strap, cookie));
    }

    private void Reach(SimulatedStrap strap, ulong cookie)
    {
        if (strap.Call != cookie) return;
        if (_discovering && (Now - _searchedAt).TotalSeconds % Search.TotalSeconds > 0.5)
        {
            _bus.Later(0.1, () => Reach(strap, cookie));
            return;
        }

        strap.Call = null;
        if (!strap.IsHere || !IsRunning || !IsPlugged)
        {
            _bus.Fail(cookie, "org.bluez.Error.Failed", "le-connection-abort-by-local");
            return;
        }

        strap.IsConnected = true;
        var connection = ++strap.Connections;
        if (strap.IsAnnounced) _bus.Change(strap.Path, Bluez.Device, ("Connected", true));
        _bus.Return(cookie);
        if (strap.ResolvesAfter is { } wait) _bus.Later(wait, () => Resolve(strap, connection));
        if (strap.HangsUpAfter is { } after) _bus.Later(after, () => HangUp(strap));
    }

    /// <summary>BlueZ lets the line stand for two seconds more, and then answers.</summary>
    private void Disconnect(SimulatedStrap strap, ulong cookie)
    {
        if (!strap.IsConnected)
        {
            _bus.Return(cookie);
            return;
        }

        _bus.Later(2, () =>
        {
            HangUp(strap);
            _bus.Return(cookie);
        });
    }

    private void Remove(SimulatedStrap strap)
    {
        Cancel(strap);
        HangUp(strap);
        _bus.Signal("/", Bluez.ObjectManager, "InterfacesRemoved", strap.Path, new[] { Bluez.Device });
        (strap.IsKnown, strap.IsMuddled) = (false, false);
        Advertise(strap);
    }

    private void Resolve(SimulatedStrap strap, int connection)
    {
        if (!strap.IsConnected || strap.Connections != connection || strap.IsMuddled) return;
        var uuid = new Dictionary<string, object> { ["UUID"] = Bluez.Uuid(Bluez.HeartRateMeasurement) };
        _bus.Signal(
            "/",
            Bluez.ObjectManager,
            "InterfacesAdded",
            strap.Pulse,
            new Dictionary<string, object> { [Bluez.Characteristic] = uuid });
        _bus.Change(strap.Path, Bluez.Device, ("ServicesResolved", true));
    }

    private void Await(SimulatedStrap strap, ulong cookie)
    {
        strap.Call = cookie;
        _bus.Later(20, () =>
        {
            if (strap.Call == cookie) Cancel(strap);
        });
    }

    private void Cancel(SimulatedStrap strap)
    {
        if (strap.Call is { } waiting) _bus.Fail(waiting, "org.bluez.Error.Failed", "le-connection-abort-by-local");
        strap.Call = null;
    }

    private void Bond(SimulatedStrap strap, ulong cookie)
    {
        if (strap.Refuses)
        {
            _bus.Fail(cookie, "org.bluez.Error.AuthenticationFailed");
            return;
        }

        strap.IsBonded = true;
        _bus.Return(cookie);
    }

    private void Subscribe(SimulatedStrap strap, ulong cookie)
    {
        if (strap.Faults.TryDequeue(out var fault)) _bus.Fail(cookie, fault);
        else if (strap.NeedsBond && !strap.IsBonded) _bus.Fail(cookie, "org.bluez.Error.NotPermitted", "Not paired");
        else
        {
            strap.Subscribe(Now);
            _bus.Return(cookie);
            Beat(strap, strap.Subscription);
        }
    }

    private void Beat(SimulatedStrap strap, int subscription) =>
        _bus.Later(
            1, () =>
            {
                if (!strap.IsSubscribed || strap.Subscription != subscription)
                    return;
                if (strap.Report(Now) is { } bytes)
                    _bus.Signal(
                        strap.Pulse,
                        Bluez.Properties,
                        "PropertiesChanged",
                        Bluez.Characteristic,
                        new Dictionary<string, object> { ["Value"] = bytes },
                        Array.Empty<string>());
                Beat(strap, subscription);
            }
        );

    private Dictionary<string, object> Objects()
    {
        var objects = new Dictionary<string, object>();
        if (IsPlugged) objects[Hci] = Adapter();
        foreach (var strap in Straps.Where(s => s.IsKnown)) objects[strap.Path] = Device(strap);
        return objects;
    }

    private Dictionary<string, object> Adapter() =>
        new() { [Bluez.Adapter] = new Dictionary<string, object> { ["Powered"] = IsOn } };

    private static Dictionary<string, object> Device(SimulatedStrap strap) =>
        new()
        {
            [Bluez.Device] = new Dictionary<string, object>
            {
                ["Address"] = strap.Address,
                ["Alias"] = "Strap",
                ["RSSI"] = -60L,
                ["Connected"] = strap.IsConnected,
                ["ServicesResolved"] = false,
            },
        };

    private void Owner(string owner) =>
        _bus.Signal("/org/freedesktop/DBus", Bluez.Daemon, "NameOwnerChanged", Bluez.Service, "", owner);
}
