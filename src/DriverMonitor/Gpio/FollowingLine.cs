namespace DriverMonitor.Gpio;

/// <summary>
/// A lamp or a relay that follows what is wanted of it, on a thread of its own: its driver may refuse or never return, and holds
/// up neither the sound nor the camera. Only the newest wish counts; one that was refused is tried again with the next.
/// </summary>
internal sealed class FollowingLine : IDisposable
{
    /// <summary>A driver that takes longer than this hangs; writing a line takes microseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Action<bool> _write;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly object _gate = new();
    private bool _wanted;
    private bool _isWriting;
    private long _asked, _done;
    private long _waitsSince;
    private string? _fault;

    /// <param name="write">Switches it; may throw, and may hang.</param>
    /// <param name="time">Each timer of it should have a thread of its own.</param>
    public FollowingLine(Action<bool> write, TimeProvider time)
    {
        (_write, _time) = (write, time);
        _timer = time.CreateTimer(_ => Write(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Why it does not take commands; null when it does again. Raised on any thread, once for each change.</summary>
    public event Action<string?>? FaultChanged;

    /// <summary>From any thread; returns at once.</summary>
    public void Set(bool on)
    {
        string? fault;
        lock (_gate)
        {
            if (on == _wanted && _fault is null && _asked == _done) return;
            if (_asked == _done) _waitsSince = _time.GetTimestamp();
            if (on != _wanted || !_isWriting) _asked++;
            _wanted = on;
            var hangs = _isWriting && _fault is null && _time.GetElapsedTime(_waitsSince) > Patience;
            fault = hangs ? _fault = "its driver does not answer" : null;
        }

        if (fault is not null) FaultChanged?.Invoke(fault);
        _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits until it is done. False where the hardware refuses, or its driver fails or hangs.</summary>
    public bool TrySet(bool on)
    {
        Set(on);
        var since = TimeProvider.System.GetTimestamp();
        lock (_gate)
        {
            while (_done != _asked && TimeProvider.System.GetElapsedTime(since) < Patience) Monitor.Wait(_gate, Patience);
            return _done == _asked && _fault is null;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Write()
    {
        while (TakeWish(out var on, out var asked))
        {
            var fault = Refusal(on);
            bool isNews;
            lock (_gate)
            {
                (isNews, _fault) = ((fault is null) != (_fault is null), fault);
                (_done, _isWriting) = (asked, false);
                Monitor.PulseAll(_gate);
            }

            if (isNews) FaultChanged?.Invoke(fault);
        }
    }

    private bool TakeWish(out bool on, out long asked)
    {
        lock (_gate)
        {
            (on, asked) = (_wanted, _asked);
            // With timers that share threads a second one may come while the first hangs.
            if (_isWriting || asked == _done) return false;
            return _isWriting = true;
        }
    }

    private string? Refusal(bool on)
    {
        try
        {
            _write(on);
            return null;
        }
#pragma warning disable CA1031 // whatever one line's driver throws, the other lines go on
        catch (Exception e)
        {
            return OutputLine.Reason(e);
        }
#pragma warning restore CA1031
    }
}
