using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Signals;
using DriverMonitor.Host;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Gpio;

/// <summary>
/// Plays the standing alert. <see cref="Emit"/> only leaves a note and returns; a timer does the playing, so that neither
/// a slow line nor a long pattern holds up the loop. Silent after dispose, at exit, and when the process goes down in a crash.
/// </summary>
internal sealed partial class Buzzer : IEventSink, IDisposable
{
    private readonly ISounder _sounder;
    private readonly OutputLine? _lamp;
    private readonly PatternPlayer _player;
    private readonly TimeProvider _time;
    private readonly ILogger<Buzzer> _log;
    private readonly long _start;
    private readonly ITimer _timer;
    private readonly Lock _playing = new();
    private long _wanted = Pack(StandingAlert.None);
    private Sounding _now;
    private bool _lampOn;
    private bool _failing;
    private bool _disposed;

    /// <param name="board">Stays the caller's, and must outlive the buzzer.</param>
    /// <param name="time">In the service <see cref="PunctualTime"/>, whose timer nobody else can hold up.</param>
    /// <param name="table">The pattern of each alert; <see cref="SoundPattern.Silence"/> for those that are only seen.</param>
    public Buzzer(Board board, Func<StandingAlert, SoundPattern> table, TimeProvider time, ILogger<Buzzer> log)
    {
        _sounder = board.Sounder;
        _lamp = board.Lamp;
        _player = new(table);
        _time = time;
        _log = log;
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Play(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        AppDomain.CurrentDomain.ProcessExit += FallSilent;
        AppDomain.CurrentDomain.UnhandledException += FallSilent;
    }

    /// <summary>Changes of the outputs that the hardware refused.</summary>
    public int Failures { get; private set; }

    public void Emit(in Observation seen, in Outcome outcome)
    {
        var wanted = Pack(outcome.Alert);
        if (Interlocked.Exchange(ref _wanted, wanted) == wanted) return;
        _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= FallSilent;
        AppDomain.CurrentDomain.UnhandledException -= FallSilent;
        lock (_playing)
        {
            if (_disposed) return;
            _disposed = true;
            _timer.Dispose();
            Apply(new(false, 0, null), lampOn: false);
        }
    }

    private void Play()
    {
        lock (_playing)
        {
            long wanted;
            do
            {
                if (_disposed) return;
                wanted = Interlocked.Read(ref _wanted);
                var alert = Unpack(wanted);
                var now = _time.GetElapsedTime(_start);
                var next = _player.Step(now, alert);
                Apply(next, lampOn: alert.Level != AlertLevel.None);
                _timer.Change(next.Until - now ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
            // An alert that came meanwhile set the timer to "now", and the line above may have set it back.
            while (Interlocked.Read(ref _wanted) != wanted);
        }
    }

    private void Apply(Sounding next, bool lampOn)
    {
        try
        {
            if (next.On && (!_now.On || next.ToneHz != _now.ToneHz)) _sounder.Sound(next.ToneHz);
            else if (!next.On && (_now.On || _failing)) _sounder.Silence();
            _now = next;

            if (lampOn != _lampOn) _lamp?.Set(lampOn);
            _lampOn = lampOn;

            if (_failing) LogWorksAgain();
            _failing = false;
        }
        catch (IOException e)
        {
            Failures++;
            if (!_failing) LogFailed(e.Message);
            _failing = true;
        }
    }

    /// <summary>The last words of a process, perhaps a crashing one: it must not wait for a line that hangs.</summary>
    private void FallSilent(object? sender, EventArgs e)
    {
        if (!_playing.TryEnter(TimeSpan.FromMilliseconds(100))) return;
        Dispose();
        _playing.Exit();
    }

    private const long Silenced = 1L << 62;

    /// <summary>An alert in one word, so that loop and timer can hand it over without a lock.</summary>
    private static long Pack(StandingAlert alert) =>
        ((long)alert.Level << 32) | (uint)alert.Rule | (alert.IsSilenced ? Silenced : 0);

    private static StandingAlert Unpack(long packed) =>
        new((AlertLevel)((packed & ~Silenced) >> 32), (AlertRule)(int)packed, (packed & Silenced) != 0);

    [LoggerMessage(Level = LogLevel.Error, Message =
        "The buzzer does not take commands: {Reason}. Alerts may not be heard; check the wiring and Gpio settings.")]
    private partial void LogFailed(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The buzzer works again.")]
    private partial void LogWorksAgain();
}
