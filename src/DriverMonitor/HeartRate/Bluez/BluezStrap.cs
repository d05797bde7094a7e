using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate.Bluez.Bus;
using DriverMonitor.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.HeartRate.Bluez;

/// <summary>
/// A Bluetooth strap through BlueZ. A thread of its own owns the bus and does what <see cref="BluezSession"/> says; the loop only
/// takes packets from a queue. Whatever is missing (bus, bluetoothd, adapter, strap) is logged once, and waited for.
/// </summary>
internal sealed partial class BluezStrap : IHeartMonitor, IDisposable
{
    /// <summary>
    /// A minute of packets. The newest are kept: an old pulse is worth nothing, and the next packet says that there is a gap.
    /// </summary>
    private const int Capacity = 64;

    private const int LowBattery = 15;

    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BusPatience = TimeSpan.FromSeconds(2), FarewellPatience = TimeSpan.FromSeconds(3);

    private readonly BluetoothSettings _settings;
    private readonly HeartSettings? _heart;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly string? _bus;
    private readonly SupervisedPart? _part;
    private readonly long _started;
    private readonly Lock _gate = new();
    private readonly Queue<(long ArrivedAt, HeartPacket Packet)> _packets = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Thread _thread;
    private volatile StrapStatus _status = new(StrapState.Searching);
    private TimeSpan _newest;
    private string? _said;
    private bool _toldBattery;
    private bool _hasGap;
    private Exception? _failure;

    private BluezStrap(
        BluetoothSettings settings, HeartSettings? heart, TimeProvider time, ILogger log, string? bus, SupervisedPart? part)
    {
        (_settings, _heart, _time, _log, _bus, _part) = (settings, heart, time, log, bus, part);
        _started = time.GetTimestamp();
        _thread = new Thread(Work) { IsBackground = true, Name = "heart strap" };
    }

    /// <summary>How it stands with the strap; may be asked from any thread.</summary>
    public StrapStatus Status => _status;

    /// <summary>Packets that nobody took in time.</summary>
    public long Dropped { get; private set; }

    /// <summary>Starts to look for the strap; returns at once.</summary>
    /// <param name="heart">Which rates are believed; the defaults for null.</param>
    /// <param name="bus">Another bus than the system's, for tests.</param>
    /// <param name="part">Contains what goes wrong in the strap's thread; without, the loop dies of it.</param>
    public static BluezStrap Open(
        BluetoothSettings settings,
        HeartSettings? heart,
        TimeProvider time,
        ILogger<BluezStrap>? log = null,
        string? bus = null,
        SupervisedPart? part = null)
    {
        var strap = new BluezStrap(settings, heart, time, log ?? NullLogger<BluezStrap>.Instance, bus, part);
        strap._thread.Start();
        return strap;
    }

    public bool TryRead(TimeSpan now, out TimeSpan at, out HeartPacket packet)
    {
        (at, packet) = (default, default);
        lock (_gate)
        {
            if (_failure is { } failure) throw new InvalidOperationException("The strap's thread failed.", failure);
            if (!_packets.TryDequeue(out var next)) return false;
            // The loop has its own clock; how old the packet is, both clocks agree on.
            var arrived = now - _time.GetElapsedTime(next.ArrivedAt);
            _newest = arrived > _newest ? arrived : _newest;
            (at, packet) = (
                _newest, _hasGap ? next.Packet with { Flaws = next.Packet.Flaws | HeartFlaws.AfterBreak } : next.Packet);
            _hasGap = false;
            return true;
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        // Long enough to say farewell. A bus that hangs must not hang the stop: the thread is a background one and dies with the
        // process.
        if (_thread.Join(TimeSpan.FromSeconds(0.5))) _closing.Dispose();
    }

    private TimeSpan Now => _time.GetElapsedTime(_started);

    private void Work()
    {
        if (_part is not null)
        {
            _part.Run(RunSessions, _closing.Token);
            return;
        }

        try
        {
            RunSessions();
        }
#pragma warning disable CA1031 // our own bug, handed to the loop, which must die of it on its own thread
        catch (Exception e)
        {
            lock (_gate) _failure = e;
        }
#pragma warning restore CA1031
    }

    private void RunSessions()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                RunSession(_closing.Token);
            }
            catch (BusException e)
            {
                Publish(new(StrapState.NoBus, e.Message.TrimEnd('.')));
                _closing.Token.WaitHandle.WaitOne(BusPatience);
            }
        }
    }

    private void RunSession(CancellationToken stop)
    {
        var dialogue = new BluezSession(_settings, _heart);
        using var bus = SystemBus.Open(_bus, Bluez.Signals, dialogue.Agrees, _time);
        while (!stop.IsCancellationRequested)
        {
            while (dialogue.Next(Now) is { } call) dialogue.Sent(bus.Send(call));
            Publish(dialogue.Status);
            if (bus.Receive(Nap) is { } message && dialogue.Handle(Now, message) is { } packet) Enqueue(packet);
        }

        if (dialogue.DisconnectCall() is { } farewell) Disconnect(bus, farewell);
    }

    /// <summary>
    /// BlueZ takes two seconds to hang up. Who comes after us must not find a line that is about to end: the process stays until
    /// then, and nothing else in it waits.
    /// </summary>
    private void Disconnect(SystemBus bus, BusCall farewell)
    {
        var cookie = bus.Send(farewell);
        Thread.CurrentThread.IsBackground = false;
        var since = Now;
        while (Now - since < FarewellPatience && bus.Receive(Nap)?.AnswerTo != cookie) continue;
    }

    private void Enqueue(HeartPacket packet)
    {
        lock (_gate)
        {
            if (_packets.Count == Capacity)
            {
                _packets.Dequeue();
                _hasGap = true;
                Dropped++;
            }

            _packets.Enqueue((_time.GetTimestamp(), packet));
        }
    }

    /// <summary>Says what changed, once.</summary>
    private void Publish(StrapStatus status)
    {
        var was = _status;
        _status = status;
        var words = status.State == StrapState.Listening ? "" : Describe(status);
        if (words != _said) Log(status, words, wasListening: was.State == StrapState.Listening);
        _said = words;

        var isLow = status.Battery <= LowBattery;
        if (isLow && !_toldBattery) LogLowBattery(status.Name ?? "", status.Battery!.Value);
        _toldBattery = isLow || (_toldBattery && status.Battery is null);
    }

    private void Log(StrapStatus status, string words, bool wasListening)
    {
        if (words.Length == 0) LogPulse(status.Name ?? "");
        else if (wasListening) LogLost(words);
        else LogWaiting(words);
    }

    /// <summary>Why there is no pulse yet, and what to do where something can be done.</summary>
    internal static string Describe(StrapStatus status) => status.State switch
    {
        StrapState.NoBus => status.Trouble ?? "the D-Bus system bus is not there",
        StrapState.NoBluetooth => "bluetoothd does not run (apt-get install bluez; systemctl enable --now bluetooth)",
        StrapState.NoAdapter => "there is no Bluetooth adapter (bluetoothctl list)",
        StrapState.AdapterOff => status.Trouble ?? "the Bluetooth adapter is off",
        StrapState.NotBound => "no strap is bound (drivermonitor heart scan)",
        _ => status.Trouble ?? "it has not been heard yet; it must be worn, wet and within a few metres",
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "The strap {Name} gives its pulse.")]
    private partial void LogPulse(string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The strap is lost: {Reason}. Trying again.")]
    private partial void LogLost(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No pulse from a strap: {Reason}. Waiting for it.")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The battery of the strap {Name} is low: {Percent} %.")]
    private partial void LogLowBattery(string name, int percent);
}
