using DriverMonitor.HeartRate.Bluez.Bus;

namespace DriverMonitor.HeartRate.Bluez;

/// <summary>Listens for a while which heart-rate sensors are near. Nothing is connected.</summary>
internal sealed class StrapScan : IDisposable
{
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(5), Nap = TimeSpan.FromMilliseconds(200);

    private readonly TimeProvider _time;
    private readonly SystemBus _bus;
    private readonly BluezObjectTree _tree = new();
    private readonly Dictionary<string, BluezDevice> _heard = [];

    private StrapScan(string? bus, TimeProvider time) =>
        (_bus, _time) = (SystemBus.Open(bus, Bluez.Signals, _ => false, time), time);

    public void Dispose() => _bus.Dispose();

    /// <summary>The sensors that were heard, the nearest first.</summary>
    /// <param name="bus">Another bus than the system's, for tests.</param>
    /// <exception cref="StrapException">There is no Bluetooth to listen with.</exception>
    public static IReadOnlyList<BluezDevice> Run(
        BluetoothSettings settings, TimeSpan lasting, TimeProvider time, CancellationToken stop, string? bus = null)
    {
        try
        {
            using var scan = new StrapScan(bus, time);
            return scan.Listen(settings, lasting, stop);
        }
        catch (BusException e)
        {
            throw new StrapException(e.Message, e);
        }
    }

    private List<BluezDevice> Listen(BluetoothSettings settings, TimeSpan lasting, CancellationToken stop)
    {
        if (Call(Bluez.IsRunning(), stop).Body is not [true])
            throw Lack(StrapState.NoBluetooth);
        if (Call(Bluez.ListObjects(), stop).Body is [var objects])
            _tree.Load(objects);
        if (_tree.Adapter(settings.Adapter) is not { } adapter)
            throw Lack(StrapState.NoAdapter);
        if (!adapter.Powered && (!settings.PowerOn || Call(Bluez.PowerOn(adapter.Path), stop).Error is not null))
            throw Lack(StrapState.AdapterOff);

        Call(Bluez.FilterHearts(adapter.Path), stop);
        if (Call(Bluez.Call(adapter.Path, Bluez.Adapter, "StartDiscovery"), stop).Error is { } error)
            throw new StrapException($"The adapter does not search: {error}.");

        var started = _time.GetTimestamp();
        do
        {
            foreach (var device in _tree.Devices(adapter.Path).Where(d => d.Connected || d.Rssi is not null))
                if (device.HasPulse || IsBound(settings, device)) _heard[device.Address] = device;
            if (_bus.Receive(Nap) is { Kind: BusMessageKind.Signal } signal) _tree.Handle(signal);
        }
        while (_time.GetElapsedTime(started) < lasting && !stop.IsCancellationRequested);

        Call(Bluez.Call(adapter.Path, Bluez.Adapter, "StopDiscovery"), CancellationToken.None);
        return [.. _heard.Values.OrderByDescending(device => device.Rssi ?? 0)];
    }

    public static bool IsBound(BluetoothSettings settings, BluezDevice device) =>
        settings.Addresses.Contains(device.Address, StringComparer.OrdinalIgnoreCase);

    private static StrapException Lack(StrapState state) => new($"No strap can be heard: {BluezStrap.Describe(new(state))}.");

    /// <summary>Sends a call and waits for its answer; what else is said meanwhile is learned.</summary>
    private BusMessage Call(BusCall call, CancellationToken stop)
    {
        var cookie = _bus.Send(call);
        var sent = _time.GetTimestamp();
        while (_time.GetElapsedTime(sent) < AnswerPatience)
        {
            stop.ThrowIfCancellationRequested();
            if (_bus.Receive(Nap) is not { } message) continue;
            if (message.Kind == BusMessageKind.Signal) _tree.Handle(message);
            else if (message.AnswerTo == cookie) return message;
        }

        throw new StrapException("bluetoothd does not answer; systemctl restart bluetooth.");
    }
}
