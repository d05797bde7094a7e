using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Hosting;
using DriverMonitor.Time;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Gpio;

/// <summary>
/// Everything that hangs on the board, wired together: buzzer, lamps, relay, button. All outputs are off once it is disposed.
/// </summary>
internal sealed partial class OutputController : IDisposable
{
    private readonly Board _board;
    private readonly Button? _button;
    private readonly string? _trouble;
    private readonly ILogger _log;

    /// <summary>Opens the board, or goes on without one, and chirps.</summary>
    /// <param name="requests">Where the button's presses go.</param>
    /// <param name="allowAim">What three quick presses do; null if nothing.</param>
    /// <param name="supervisor">Contains what goes wrong after a press.</param>
    /// <param name="time">By which patterns are played; one whose timers nobody can hold up for null.</param>
    public OutputController(
        GpioSettings settings,
        Requests requests,
        ILoggerFactory log,
        Action? allowAim = null,
        Supervisor? supervisor = null,
        TimeProvider? time = null)
    {
        _log = log.CreateLogger<OutputController>();
        time ??= new DedicatedThreadTimeProvider();
        _board = Board.OpenOrGoOn(settings, time, out _trouble);
        if (_trouble is not null) LogNoBoard(_trouble);
        else if (settings.WhySilent is { } why) LogSilent(_trouble = why);
        Buzzer = new(_board, settings, alert => alert.Sound, time, log.CreateLogger<Buzzer>());
        Infrared = _board.Infrared is { } infrared ? new(infrared, time) : null;
        CaptureLamp = new(_board.CameraLamp, settings.LampRequired, log.CreateLogger<CaptureLamp>());
        Action<ButtonAct> press = act => Buzzer.Chirp(Answer(requests, allowAim, act));
        var part = supervisor?.Of(ServicePart.Button);
        if (part is not null) press = part.Guard(press);
        _button = _board.Button is { } line ? new(line, TimeProvider.System, press, part) : null;
        if (settings.SelfTest) Buzzer.Chirp(SoundPatterns.Chirp);
    }

    public Buzzer Buzzer { get; }

    public CaptureLamp CaptureLamp { get; }

    /// <summary>Null where none is wired.</summary>
    public InfraredLamp? Infrared { get; }

    /// <summary>The line of an uninterruptible supply; null where none is wired, or the board is missing.</summary>
    public InputLine? PowerLost => _board.PowerLost;

    /// <summary>What a virtual board played, and where its button is pressed; null on a real one.</summary>
    public VirtualBoard? Recording => _board.Recording;

    /// <summary>Tells the operator of a board that could not be opened, or is none; nobody hears it in the cab.</summary>
    public void ReportTo(IEventSink sinks)
    {
        if (_trouble is null) return;
        sinks.Emit(
            new Observation(TimeSpan.Zero),
            new Outcome(
                TimeSpan.Zero,
                default,
                StandingAlert.None,
                [new MonitorEvent.Status(TimeSpan.Zero, StatusKind.BuzzerLost, _trouble)]));
    }

    public void Dispose()
    {
        _button?.Dispose();
        Infrared?.Dispose();
        Buzzer.Dispose();
        _board.Dispose();
    }

    /// <summary>Does what was pressed, and gives the sound that says so.</summary>
    private SoundPattern Answer(Requests requests, Action? allowAim, ButtonAct act)
    {
        switch (act)
        {
            case ButtonAct.Triple when allowAim is not null:
                allowAim();
                LogAim();
                return SoundPatterns.ChirpThrice;
            case ButtonAct.Long:
                requests.Ask(new(Dispute: true));
                return SoundPatterns.ChirpTwice;
            default:
                requests.Ask(new(Acknowledge: true));
                return SoundPatterns.Chirp;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The button allows the live picture for aiming, for ten minutes at most.")]
    private partial void LogAim();

    [LoggerMessage(Level = LogLevel.Warning, Message = "NO BUZZER: {Reason}")]
    private partial void LogSilent(string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "NO BUZZER, the driver will hear nothing: {Reason}")]
    private partial void LogNoBoard(string reason);
}
