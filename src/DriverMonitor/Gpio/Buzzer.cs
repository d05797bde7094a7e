using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Hosting;
using DriverMonitor.Time;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Gpio;

/// <summary>
/// Plays what stands, and says when nobody watches. <see cref="Emit"/> only leaves a note and returns; a timer does the
/// playing, so that neither a slow line nor a long pattern holds up the loop. All outputs are off after dispose, at exit,
/// and when the process goes down in a crash.
/// </summary>
internal sealed partial class Buzzer : IEventSink, IDisposable
{
    private readonly Board _board;
    private readonly OutputScheduler _player;
    private readonly MonitoringSupervision _watch = new();
    private readonly Loudness _loudness;
    private readonly TimeProvider _time;
    private readonly ILogger<Buzzer> _log;
    private readonly long _start;
    private readonly ITimer _timer;
    private readonly Lock _playing = new();
    private long _wanted = Pack(StandingAlert.None, quiet: false);
    private long _askedAt;
    private SoundPattern? _chirp;
    private OutputState _now = OutputState.AllOff;
    private SoundPattern _told = SoundPattern.Silence;
    private volatile bool _failing;
    private bool _disposed;

    /// <param name="board">Stays the caller's, and must outlive the buzzer.</param>
    /// <param name="time">In the service <see cref="DedicatedThreadTimeProvider"/>, whose timer nobody else can hold up.</param>
    /// <param name="table">The pattern of each alert; <see cref="SoundPattern.Silence"/> for those that are only seen.</param>
    public Buzzer(
        Board board, GpioSettings settings, Func<StandingAlert, SoundPattern> table, TimeProvider time, ILogger<Buzzer> log)
    {
        _board = board;
        _player = new(settings, table);
        _loudness = new(settings);
        _time = time;
        _log = log;
        _start = time.GetTimestamp();
        LogFaults("lamp", board.Lamp);
        LogFaults("relay", board.Relay);
        LogFaults("infrared lamp", board.Infrared);
        _timer = time.CreateTimer(_ => Play(), null, MonitoringSupervision.Patience, Timeout.InfiniteTimeSpan);
        AppDomain.CurrentDomain.ProcessExit += FallSilent;
        AppDomain.CurrentDomain.UnhandledException += FallSilent;
    }

    /// <summary>
    /// An alert's sound has begun, so long after it was asked for. One that was held back so as not to chatter is not told of.
    /// </summary>
    public event Action<TimeSpan>? Sounded;

    /// <summary>The last command to the buzzer was refused. Other lines do not count.</summary>
    public bool IsFailing => _failing;

    public void Emit(in Observation seen, in Outcome outcome)
    {
        _watch.Handle(_time.GetElapsedTime(_start), seen, outcome);
        var wanted = Pack(outcome.Alert, _loudness.IsQuiet(seen.Wall));
        if (Interlocked.Read(ref _wanted) == wanted) return;
        Interlocked.Exchange(ref _askedAt, _time.GetTimestamp());
        Interlocked.Exchange(ref _wanted, wanted);
        _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Plays a short pattern once, from any thread, unless an alert sounds.</summary>
    public void Chirp(SoundPattern pattern)
    {
        Interlocked.Exchange(ref _chirp, pattern);
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
            Apply(OutputState.AllOff);
            foreach (var line in new[] { _board.Lamp, _board.Relay, _board.CameraLamp, _board.Infrared }) line?.TrySet(on: false);
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
                var askedAt = Interlocked.Exchange(ref _askedAt, 0);
                var now = _time.GetElapsedTime(_start);
                var (alert, quiet) = Unpack(wanted);
                var next = _player.Step(now, new(alert, _watch.IsLost(now), quiet, Interlocked.Exchange(ref _chirp, null)));
                if (Apply(next) && askedAt != 0 && alert.Level > AlertLevel.None) Sounded?.Invoke(_time.GetElapsedTime(askedAt));
                var wait = next.Sound.Until - now ?? Timeout.InfiniteTimeSpan;
                var ask = _watch.AskAgain(now);
                _timer.Change(wait < TimeSpan.Zero || ask < wait ? ask : wait, Timeout.InfiniteTimeSpan);
            }
            // What was asked meanwhile set the timer to "now", and the line above may have set it back.
            while (Interlocked.Read(ref _wanted) != wanted || Volatile.Read(ref _chirp) is not null);
        }
    }

    /// <returns>Whether a tone began.</returns>
    private bool Apply(in OutputState next)
    {
        var began = TrySound(next);
        // The sound is written here; lamp and relay follow on threads of their own.
        _board.Lamp?.Set(next.Lamp);
        _board.Relay?.Set(next.Relay);
        _now = next;
        if (!IsFailing) Publish(next);
        return began;
    }

    /// <returns>Whether a tone began.</returns>
    private bool TrySound(in OutputState next)
    {
        try
        {
            var (was, sound) = (_now.Sound, next.Sound);
            var begins = sound.On && (!was.On || IsFailing || sound.ToneHz != was.ToneHz || next.Volume != _now.Volume);
            if (begins) _board.Sounder.Sound(sound.ToneHz, next.Volume);
            else if (!sound.On && (was.On || IsFailing)) _board.Sounder.Silence();
            if (IsFailing) LogWorksAgain();
            _failing = false;
            return begins;
        }
#pragma warning disable CA1031 // whatever a driver throws, the next beep is tried again: silence for good would be worse
        catch (Exception e)
        {
            if (!IsFailing) LogFailed(OutputLine.Reason(e));
            _failing = true;
            return false;
        }
#pragma warning restore CA1031
    }

    private void LogFaults(string name, FollowingLine? line)
    {
        if (line is null) return;
        line.FaultChanged += fault =>
        {
            if (fault is null) LogBesideWorksAgain(name);
            else LogBesideFailed(name, fault);
        };
    }

    /// <summary>What began to sound, once a pattern and not once a beep.</summary>
    private void Publish(in OutputState state)
    {
        if (state.Sound.On && state.Pattern != _told) LogPlays(state.Pattern.Name);
        if (state.Sound.On || state.Sound.Until is null) _told = state.Sound.On ? state.Pattern : SoundPattern.Silence;
    }

    /// <summary>The last words of a process, perhaps a crashing one: it must not wait for a line that hangs.</summary>
    private void FallSilent(object? sender, EventArgs e)
    {
        if (!_playing.TryEnter(TimeSpan.FromMilliseconds(100))) return;
        Dispose();
        _playing.Exit();
    }

    private const long Silenced = 1L << 62;
    private const long Quiet = 1L << 61;

    /// <summary>A wish in one word, so that loop and timer can hand it over without a lock.</summary>
    private static long Pack(StandingAlert alert, bool quiet) =>
        ((long)alert.Level << 32) | (uint)alert.Rule | (alert.IsSilenced ? Silenced : 0) | (quiet ? Quiet : 0);

    private static (StandingAlert Alert, bool Quiet) Unpack(long packed) =>
        (
            new((AlertLevel)((packed & ~(Silenced | Quiet)) >> 32), (AlertRule)(int)packed, (packed & Silenced) != 0),
            (packed & Quiet) != 0);

    [LoggerMessage(Level = LogLevel.Error, Message =
        "The buzzer does not take commands: {Reason}. Alerts may not be heard; check the wiring and Gpio settings.")]
    private partial void LogFailed(string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The {Output} does not take commands: {Reason}. The buzzer goes on; check the wiring and Gpio settings."
    )]
    private partial void LogBesideFailed(string output, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The {Output} works again.")]
    private partial void LogBesideWorksAgain(string output);

    [LoggerMessage(Level = LogLevel.Information, Message = "The buzzer plays {Pattern}.")]
    private partial void LogPlays(string pattern);

    [LoggerMessage(Level = LogLevel.Information, Message = "The buzzer works again.")]
    private partial void LogWorksAgain();
}
