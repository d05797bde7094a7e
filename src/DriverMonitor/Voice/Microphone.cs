using DriverMonitor.Camera;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Voice;
using DriverMonitor.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Voice;

/// <summary>
/// A microphone behind a program that writes its sound. Listens on a thread of its own, only while the driver allows it and the
/// vehicle is not at rest; when either ends, the program is killed at once and all sound is zeroed. A program that ends or
/// hangs is started again, after 1 to 30 s.
/// </summary>
internal sealed partial class Microphone(
    MicrophoneSettings settings, SoundReader reader, TimeProvider time, ILogger<Microphone> log) : IVoiceMonitor, IDisposable
{
    /// <summary>A minute of readings; the newest are kept.</summary>
    private const int Capacity = 120;

    /// <summary>One second of sound: what nobody read in time is not in the kernel's memory either.</summary>
    private const int PipeBytes = 32 * 1024;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1), LongestWait = TimeSpan.FromSeconds(30);
    private readonly ILogger _log = log;
    private readonly Lock _gate = new();
    private readonly Queue<(long EndedAt, VoiceReading Reading)> _readings = new();
    private readonly ManualResetEventSlim _changed = new();
    private ChildProcess? _child;
    private TimeSpan _newest;
    private bool _isAllowed, _isAtRest, _isLost;
    private MicrophoneStatus _status = MicrophoneStatus.NotAllowed;

    public MicrophoneStatus Status
    {
        get
        {
            lock (_gate) return _status;
        }
    }

    /// <summary>Readings that nobody took in time.</summary>
    public long Dropped { get; private set; }

    /// <summary>What the driver allows; a withdrawal kills the program before this returns. Closed until it is called.</summary>
    public void Permit(bool isAllowed) => Change(() => _isAllowed = isAllowed);

    public void Rest(bool isAtRest)
    {
        if (isAtRest != _isAtRest) Change(() => _isAtRest = isAtRest);
    }

    public bool TryRead(TimeSpan now, out TimeSpan at, out VoiceReading reading)
    {
        (at, reading) = (default, default);
        lock (_gate)
        {
            if (!_readings.TryDequeue(out var next)) return false;
            // The loop has its own clock; how long ago the sound ended, both clocks agree on.
            var ended = now - time.GetElapsedTime(next.EndedAt) - VoiceAnalyzer.Latency;
            _newest = ended > _newest ? ended : _newest;
            (at, reading) = (_newest, next.Reading);
            return true;
        }
    }

    /// <summary>Listens until told to stop; blocks its thread.</summary>
    public void Run(CancellationToken stop)
    {
        using var ending = stop.Register(_changed.Set);
        var wait = FirstWait;
        while (!stop.IsCancellationRequested)
        {
            _changed.Reset();
            if (!MayListen)
            {
                WaitHandle.WaitAny([_changed.WaitHandle, stop.WaitHandle]);
                wait = FirstWait;
                continue;
            }

            var why = Listen(stop, out var heard);
            reader.Reset();
            if (stop.IsCancellationRequested || !MayListen) continue;
            wait = heard ? FirstWait : wait;
            Lose(why, wait);
            WaitHandle.WaitAny([_changed.WaitHandle, stop.WaitHandle], wait);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isAllowed = false;
            _child?.Kill();
        }

        _changed.Dispose();
        reader.Dispose();
    }

    private bool MayListen
    {
        get
        {
            lock (_gate) return _isAllowed && !_isAtRest;
        }
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            var before = _isAllowed && !_isAtRest;
            change();
            if (_isAllowed && !_isAtRest == before && _status != MicrophoneStatus.NotAllowed) return;
            if (!_isAllowed || _isAtRest)
            {
                _status = _isAllowed ? MicrophoneStatus.AtRest : MicrophoneStatus.NotAllowed;
                _readings.Clear();
                if (_child is not null) LogClosed(_isAllowed ? "the vehicle is at rest" : "the driver does not allow it");
                _child?.Kill();
            }

            _isLost = false;
        }

        _changed.Set();
    }

    /// <summary>Why it ended.</summary>
    private string Listen(CancellationToken stop, out bool heard)
    {
        heard = false;
        try
        {
            using var child = ChildProcess.Start(
                settings.Command, settings.Line, time, use: new("microphone", "sound", PipeBytes));
            if (!TryOwn(child)) return "";
            try
            {
                Read(child, stop, ref heard);
                return child.Ending();
            }
            finally
            {
                lock (_gate) _child = null;
            }
        }
        catch (CameraException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException)
        {
            return "";
        }
    }

    /// <summary>False where it may not listen any more.</summary>
    private bool TryOwn(ChildProcess child)
    {
        lock (_gate)
        {
            if (!_isAllowed || _isAtRest) return false;
            (_child, _status) = (child, _isLost ? MicrophoneStatus.Lost : MicrophoneStatus.Starting);
            return true;
        }
    }

    private unsafe void Read(ChildProcess child, CancellationToken stop, ref bool heard)
    {
        while (true)
        {
            int got;
            fixed (byte* room = reader.Room) got = child.ReadSome((nint)room, reader.Room.Length, stop);
            if (got == 0) return;
            if (!heard) Find();
            heard = true;
            if (reader.TryTake(got, out var reading)) Add(reading);
        }
    }

    private void Find()
    {
        lock (_gate)
        {
            if (_isAllowed && !_isAtRest) _status = MicrophoneStatus.Listening;
            _isLost = false;
        }

        LogListens(settings.Command);
    }

    private void Lose(string why, TimeSpan wait)
    {
        lock (_gate)
        {
            if (_isAllowed && !_isAtRest) _status = MicrophoneStatus.Lost;
            var isNews = !_isLost;
            _isLost = true;
            if (isNews) LogLost(why, wait.TotalSeconds);
        }

        Add(VoiceReading.Unplugged);
    }

    private void Add(in VoiceReading reading)
    {
        lock (_gate)
        {
            if (!_isAllowed || _isAtRest) return;
            if (_readings.Count == Capacity)
            {
                _readings.Dequeue();
                Dropped++;
            }

            _readings.Enqueue((time.GetTimestamp(), reading));
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The microphone listens ({Command}). No sound is stored or sent.")]
    private partial void LogListens(string command);

    [LoggerMessage(Level = LogLevel.Information, Message = "The microphone is closed: {Why}.")]
    private partial void LogClosed(string why);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The microphone gives no sound: {Why} Retrying in {Seconds:0} s, then less often.")]
    private partial void LogLost(string why, double seconds);
}
