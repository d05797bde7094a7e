using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate.Bluez;
using DriverMonitor.HeartRate.Bluez.Bus;

namespace DriverMonitor.Tests.HeartRate;

/// <summary>
/// The bus between <see cref="BluezSession"/> and <see cref="SimulatedBluez"/>, and the time that both live in.
/// </summary>
internal sealed class SimulatedBus(BluezSession dialogue, Action<BusCall, ulong> far)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> _later = new();
    private ulong _cookie;
    private long _order;

    public BluezSession Dialogue => dialogue;

    public TimeSpan Now { get; private set; }

    /// <summary>What came out at our end.</summary>
    public List<(TimeSpan At, HeartPacket Packet)> Packets { get; } = [];

    public void RunUntil(TimeSpan until)
    {
        for (; Now < until; Now += Tick)
        {
            while (_later.TryPeek(out _, out var due) && due.At <= Now) _later.Dequeue()();
            while (dialogue.Next(Now) is { } call)
            {
                dialogue.Sent(++_cookie);
                far(call, _cookie);
            }
        }
    }

    public void Later(double seconds, Action then) => _later.Enqueue(then, (Now + TimeSpan.FromSeconds(seconds), _order++));

    public void Change(string path, string @interface, params (string Name, object Value)[] values) =>
        Signal(
            path,
            Bluez.Properties,
            "PropertiesChanged",
            @interface,
            values.ToDictionary(v => v.Name, v => v.Value),
            Array.Empty<string>());

    public void Signal(string path, string @interface, string member, params object[] body) =>
        Report(new(BusMessageKind.Signal, path, @interface, member, body));

    public void Return(ulong cookie, params object[] body) =>
        Later(0, () => Report(new(BusMessageKind.Return, "", "", "", body, cookie)));

    public void Fail(ulong cookie, string name, string text = "") =>
        Later(0, () => Report(new(BusMessageKind.Error, "", "", "", [], cookie, new(name, text))));

    private void Report(BusMessage message)
    {
        if (dialogue.Handle(Now, message) is { } packet) Packets.Add((Now, packet));
    }
}
