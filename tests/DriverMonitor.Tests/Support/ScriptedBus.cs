using System.Collections.Concurrent;
using DriverMonitor.Core.Can;
using DriverMonitor.Vehicle.Can;

namespace DriverMonitor.Tests.Support;

/// <summary>A CAN bus whose frames a test gives, which waits as the kernel's does, and can be pulled out.</summary>
internal sealed class ScriptedBus : ICanBus
{
    private readonly BlockingCollection<CanFrame> _frames = [];
    private readonly ConcurrentQueue<CanFrame> _sent = new();
    private volatile bool _isGone;

    public TimeSpan? LoggedAt => null;

    public IReadOnlyCollection<CanFrame> Sent => _sent;

    public bool IsClosed { get; private set; }

    public void Say(string id, string data) =>
        _frames.Add(CanFrame.Of(CanFrameId.ParseHex(id)!.Value, Convert.FromHexString(data)));

    /// <summary>The adapter is unplugged.</summary>
    public void PullOut()
    {
        _isGone = true;
        _frames.CompleteAdding();
    }

    public bool TryRead(out CanFrame frame)
    {
        if (_frames.TryTake(out frame, Timeout.Infinite)) return true;
        if (_isGone) throw new IOException("Network is down");
        return false;
    }

    public void Write(in CanFrame frame)
    {
        if (_isGone) throw new IOException("Network is down");
        _sent.Enqueue(frame);
    }

    public void Dispose() => IsClosed = true;
}
