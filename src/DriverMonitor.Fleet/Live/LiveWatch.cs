using System.Threading.Channels;

namespace DriverMonitor.Fleet.Live;

/// <summary>
/// One who watches the events of a tenant. What waits for a slow reader is bounded: who falls behind is cut off, comes again and
/// goes on from the last it has seen.
/// </summary>
internal sealed class LiveWatch(int tenant, Action<LiveWatch> left) : IDisposable
{
    /// <summary>About 1 MB of events, of one watcher; a second's worth of the largest fleet.</summary>
    public const int MostWaiting = 4_096;

    private readonly CancellationTokenSource _cut = new();

    private readonly Channel<ReadOnlyMemory<byte>> _frames =
        Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    public int Tenant => tenant;

    /// <summary>What is to be sent, in order; ends when the watch was cut or the program stops.</summary>
    public ChannelReader<ReadOnlyMemory<byte>> Frames => _frames.Reader;

    /// <summary>Also a write that hangs must end when its reader is cut off.</summary>
    public CancellationToken Cut => _cut.Token;

    /// <returns>False the one time that there is no room: the watch has ended.</returns>
    public bool TryAdd(ReadOnlyMemory<byte> frame) => _frames.Writer.TryWrite(frame) || !End();

    /// <returns>False if it had ended before.</returns>
    public bool End()
    {
        lock (_cut)
        {
            if (!_frames.Writer.TryComplete()) return false;
            _cut.Cancel();
            return true;
        }
    }

    public void Dispose()
    {
        left(this);
        lock (_cut)
        {
            _frames.Writer.TryComplete();
            _cut.Dispose();
        }
    }
}
