using DriverMonitor.Core.Can;
using DriverMonitor.Files;

namespace DriverMonitor.Vehicle.Can;

/// <summary>A log of a bus, played once at the pace at which it was written. What is written to it goes nowhere.</summary>
internal sealed class CandumpBus : ICanBus
{
    /// <summary>Nobody waits longer for a frame of a log.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly IEnumerator<(TimeSpan At, CanFrame Frame)> _frames;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stop;
    private readonly bool _isFast;
    private long _startedAt;
    private TimeSpan? _last;
    private TimeSpan _playsAt;

    /// <param name="isFast">Without pauses.</param>
    /// <exception cref="InputException">It cannot be read, or holds no frame.</exception>
    public CandumpBus(string path, TimeProvider time, CancellationToken stop, bool isFast = false)
    {
        (_time, _stop, _isFast) = (time, stop, isFast);
        var text = InputFile.ReadText("CAN log", path);
        if (!Frames(text).Any())
            throw new InputException($"CAN log {path} holds no frame. Write one with 'candump -l can0'.");
        _frames = Frames(text).GetEnumerator();
        _startedAt = time.GetTimestamp();
    }

    public TimeSpan? LoggedAt { get; private set; }

    public bool TryRead(out CanFrame frame)
    {
        frame = default;
        if (_stop.IsCancellationRequested || !_frames.MoveNext()) return false;
        (LoggedAt, frame) = _frames.Current;
        if (_isFast) return true;
        var pause = _frames.Current.At - (_last ?? _frames.Current.At);
        _last = _frames.Current.At;
        // A log of several days, or one whose clock jumped.
        _playsAt += pause < TimeSpan.Zero ? TimeSpan.Zero : pause < LongestPause ? pause : LongestPause;
        var wait = _playsAt - _time.GetElapsedTime(_startedAt);
        return wait <= TimeSpan.Zero || !_stop.WaitHandle.WaitOne(wait);
    }

    public void Write(in CanFrame frame)
    {
        // nobody listens
    }

    public void Dispose() => _frames.Dispose();

    private static IEnumerable<(TimeSpan At, CanFrame Frame)> Frames(string text)
    {
        foreach (var line in text.Split('\n'))
            if (CandumpLine.Parse(line) is { } frame) yield return frame;
    }
}
