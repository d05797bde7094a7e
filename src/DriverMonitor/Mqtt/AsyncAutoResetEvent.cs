using System.Threading.Channels;

namespace DriverMonitor.Mqtt;

/// <summary>A bell that many may ring and one waits for; rings while nobody waits count as one.</summary>
internal sealed class AsyncAutoResetEvent
{
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private Task<bool>? _ring;

    public void Ring() => _bell.Writer.TryWrite(true);

    /// <summary>Returns at a ring, after <paramref name="patience"/>, or when stopped.</summary>
    public async Task WaitAsync(TimeSpan patience, TimeProvider time, CancellationToken stop)
    {
        _ring ??= _bell.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        await ((Task)_ring).WaitAsync(patience, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_ring.IsCompleted) return;
        _bell.Reader.TryRead(out _);
        _ring = null;
    }
}
