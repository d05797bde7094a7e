using System.Device.Gpio;
using System.Device.Gpio.Drivers;
using System.Device.Pwm;
using System.Globalization;
using DriverMonitor.Time;

namespace DriverMonitor.Gpio;

/// <summary>The outputs cannot be used; the message says what, where, and what to do.</summary>
internal sealed class BoardException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The opened lines. Owns the chip; disposing gives them back, switched off.</summary>
internal sealed class Board : IDisposable
{
    private readonly GpioController? _controller;
    private readonly PwmBuzzerDriver? _pwm;
    private readonly PwmLamp? _pwmLamp;

    private Board(
        GpioSettings settings, TimeProvider time, GpioController? controller, PwmBuzzerDriver? pwm, PwmLamp? pwmLamp,
        VirtualBoard? recording)
    {
        (_controller, _pwm, _pwmLamp, Recording) = (controller, pwm, pwmLamp, recording);
        if (pwmLamp is not null) Infrared = new(pwmLamp.Set, time);
        Sounder = pwm is not null ? pwm
            : controller is not null ? OpenOutput(controller, settings.BuzzerLineUsed, settings, settings.BuzzerActiveLow)
            : new NoSounder();
        if (controller is null) return;
        Lamp = Open(settings.LampLine, settings.LampActiveLow);
        CameraLamp = Open(settings.CameraLampLine, settings.CameraLampActiveLow);
        Relay = Open(settings.RelayLine, settings.RelayActiveLow);
        Infrared ??= Open(settings.InfraredLine, settings.InfraredActiveLow);
        PowerLost = settings.PowerLostLine is { } lost
            ? OpenInput(controller, lost, settings, settings.PowerLostActiveLow)
            : null;
        Button = settings.ButtonLine is { } button ? OpenInput(controller, button, settings, settings.ButtonActiveLow) : null;

        FollowingLine? Open(int? line, bool? activeLow) =>
            line is { } wired ? new(OpenOutput(controller, wired, settings, activeLow).Set, time) : null;
    }

    public IBuzzerDriver Sounder { get; }

    /// <summary>Follows the alerts. Null where none is wired, like the other five.</summary>
    public FollowingLine? Lamp { get; }

    public FollowingLine? CameraLamp { get; }

    public FollowingLine? Relay { get; }

    public FollowingLine? Infrared { get; }

    public InputLine? Button { get; }

    /// <summary>A supply says on it that its own supply is gone.</summary>
    public InputLine? PowerLost { get; }

    /// <summary>What a virtual board was told; null on a real one.</summary>
    public VirtualBoard? Recording { get; }

    /// <summary>Opens what the settings name; all outputs start switched off. Throws <see cref="BoardException"/>.</summary>
    /// <param name="time">In the service <see cref="DedicatedThreadTimeProvider"/>: lamps and relay follow on its timers.</param>
    public static Board Open(GpioSettings settings, TimeProvider time)
    {
        if (settings.Board == BoardKind.None) return new(settings, time, null, null, null, null);
        var recording = settings.Board == BoardKind.Virtual ? new VirtualBoard(time, lines: 1024) : null;
        var passive = recording is null && settings.Buzzer == BuzzerKind.Passive;
        PwmBuzzerDriver? pwm = null;
        PwmLamp? pwmLamp = null;
        GpioController? controller = null;
        try
        {
            pwm = passive ? OpenPwm(settings) : null;
            pwmLamp = recording is null && settings.InfraredPwmChip is { } chip ? OpenPwmLamp(settings, chip) : null;
            controller =
                passive && !UsesLines(settings)
                    ? null
                    : new GpioController(recording is not null ? recording : OpenDriver(settings));
            return new(settings, time, controller, pwm, pwmLamp, recording);
        }
        catch (BoardException)
        {
            pwm?.Dispose();
            pwmLamp?.Dispose();
            controller?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A monitor that cannot sound still watches, logs and reports: where the board cannot be opened the service goes on
    /// without one, and <paramref name="trouble"/> says why.
    /// </summary>
    public static Board OpenOrGoOn(GpioSettings settings, TimeProvider time, out string? trouble)
    {
        try
        {
            trouble = null;
            return Open(settings, time);
        }
        catch (BoardException e)
        {
            trouble = e.Message;
            return Open(settings with { Board = BoardKind.None }, time);
        }
    }

    public void Dispose()
    {
        Lamp?.Dispose();
        CameraLamp?.Dispose();
        Relay?.Dispose();
        Infrared?.Dispose();
        _pwm?.Dispose();
        _pwmLamp?.Dispose();
        _controller?.Dispose();
    }

    private static bool UsesLines(GpioSettings settings) =>
        (settings.LampLine ?? settings.CameraLampLine ?? settings.RelayLine ?? settings.ButtonLine ?? settings.InfraredLine
            ?? settings.PowerLostLine)
        is not null;

    private static LibGpiodDriver OpenDriver(GpioSettings settings)
    {
        try
        {
            return int.TryParse(settings.ChipName, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? new LibGpiodDriver(number)
                : new LibGpiodDriver(ChipLabelled(settings.ChipName).Id);
        }
        catch (Exception e) when (e is DllNotFoundException or PlatformNotSupportedException)
        {
            throw new BoardException(
                "GPIO: libgpiod is not installed; do: apt install libgpiod3 (Debian 13) or libgpiod2 (Debian 12), "
                    + "or set Gpio:Board to Virtual.",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BoardException($"GPIO chip {settings.ChipName} cannot be opened: {Short(e)}. Is the user in group gpio? "
                + "Set Gpio:Chip to a number or label that gpiodetect lists, or Gpio:Board to Virtual.", e);
        }
    }

    private static GpioChipInfo ChipLabelled(string label)
    {
        var chips = LibGpiodDriver.GetAvailableChips();
        return chips.FirstOrDefault(chip => chip.Label == label || chip.Name == label)
            ?? throw new BoardException($"GPIO: no chip is called '{label}'; there {(chips.Count == 0
                ? "are none at all. Set Gpio:Board to Virtual"
                : $"are {string.Join(", ", chips.Select(chip => chip.Label))}. Set Gpio:Chip to one of them")}.");
    }

    private static OutputLine OpenOutput(GpioController controller, int line, GpioSettings settings, bool? activeLow)
    {
        var output = new OutputLine(controller, line, activeLow ?? settings.ActiveLow);
        TakeLine(output.Open, line, settings);
        return output;
    }

    private static InputLine OpenInput(GpioController controller, int line, GpioSettings settings, bool activeLow)
    {
        var input = new InputLine(controller, line, activeLow);
        TakeLine(input.Open, line, settings);
        return input;
    }

    private static void TakeLine(Action open, int line, GpioSettings settings)
    {
        try
        {
            open();
        }
        catch (Exception e)
            when (e is IOException or InvalidOperationException or ArgumentException or UnauthorizedAccessException)
        {
            throw new BoardException($"GPIO line {line} of chip {settings.ChipName} cannot be opened: {Short(e)}. "
                + "gpioinfo shows who holds it; choose a free one in section Gpio.", e);
        }
    }

    private static PwmBuzzerDriver OpenPwm(GpioSettings settings) => new(OpenChannel(
        settings.PwmChip, settings.PwmChannel, PwmBuzzerDriver.DefaultToneHz, "Gpio:PwmChip and Gpio:PwmChannel"));

    private static PwmLamp OpenPwmLamp(GpioSettings settings, int chip) => new(
        OpenChannel(
            chip, settings.InfraredPwmChannel, PwmLamp.FrequencyHz, "Gpio:InfraredPwmChip and Gpio:InfraredPwmChannel"),
        settings.InfraredDutyUsed);

    private static PwmChannel OpenChannel(int chip, int number, int frequencyHz, string keys)
    {
        try
        {
            var channel = PwmChannel.Create(chip, number, frequencyHz, 0.5);
            // One that a killed process left on sounds, or shines, until somebody stops it.
            channel.Stop();
            return channel;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            throw new BoardException(
                $"PWM channel {number} of pwmchip{chip} cannot be opened: {Short(e)}. "
                    + $"Enable it (Raspberry Pi: dtoverlay=pwm in config.txt, then reboot) and check {keys}.",
                e);
        }
    }

    private static string Short(Exception e) => e.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');

    private sealed class NoSounder : IBuzzerDriver
    {
        public void Sound(int toneHz, double volume) { }
        public void Silence() { }
    }
}
