using System.Device.Gpio;
using System.Device.Gpio.Drivers;
using System.Device.Pwm;
using System.Globalization;

namespace DriverMonitor.Gpio;

/// <summary>The outputs cannot be used; the message says what, where, and what to do.</summary>
internal sealed class BoardException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The opened outputs. Owns the chip; disposing gives the lines back, switched off.</summary>
internal sealed class Board : IDisposable
{
    private readonly GpioController? _controller;
    private readonly PwmSounder? _pwm;

    private Board(ISounder sounder, OutputLine? lamp, VirtualBoard? recording, GpioController? controller, PwmSounder? pwm)
    {
        Sounder = sounder;
        Lamp = lamp;
        Recording = recording;
        _controller = controller;
        _pwm = pwm;
    }

    public ISounder Sounder { get; }

    /// <summary>Null where none is wired.</summary>
    public OutputLine? Lamp { get; }

    /// <summary>What a virtual board was told; null on a real one.</summary>
    public VirtualBoard? Recording { get; }

    /// <summary>Opens what the settings name; all lines start switched off. Throws <see cref="BoardException"/>.</summary>
    public static Board Open(GpioSettings settings, TimeProvider time) => settings.Board switch
    {
        BoardKind.None => new(new NoSounder(), null, null, null, null),
        BoardKind.Virtual => OpenVirtual(settings, time),
        _ => OpenChip(settings),
    };

    public void Dispose()
    {
        _pwm?.Dispose();
        _controller?.Dispose();
    }

    private static Board OpenVirtual(GpioSettings settings, TimeProvider time)
    {
        var recording = new VirtualBoard(time, lines: 1024);
        var controller = new GpioController(recording);
        return new(OpenLine(controller, settings.BuzzerLine, settings), OpenLamp(controller, settings), recording, controller, null);
    }

    private static Board OpenChip(GpioSettings settings)
    {
        var passive = settings.Buzzer == BuzzerKind.Passive;
        var controller = passive && settings.LampLine is null ? null : new GpioController(OpenDriver(settings));
        PwmSounder? pwm = null;
        try
        {
            pwm = passive ? OpenPwm(settings) : null;
            ISounder sounder = pwm is not null ? pwm : OpenLine(controller!, settings.BuzzerLine, settings);
            return new(sounder, controller is null ? null : OpenLamp(controller, settings), null, controller, pwm);
        }
        catch (BoardException)
        {
            pwm?.Dispose();
            controller?.Dispose();
            throw;
        }
    }

    private static LibGpiodDriver OpenDriver(GpioSettings settings)
    {
        try
        {
            return int.TryParse(settings.Chip, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? new LibGpiodDriver(number)
                : new LibGpiodDriver(ChipLabelled(settings.Chip).Id);
        }
        catch (Exception e) when (e is DllNotFoundException or PlatformNotSupportedException)
        {
            throw new BoardException("GPIO: libgpiod is not installed; do: apt install libgpiod3 (Debian 13) or libgpiod2 (Debian 12), "
                + "or set Gpio:Board to Virtual.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BoardException($"GPIO chip {settings.Chip} cannot be opened: {Short(e)}. Is the user in group gpio? "
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

    private static OutputLine? OpenLamp(GpioController controller, GpioSettings settings) =>
        settings.LampLine is { } line ? OpenLine(controller, line, settings) : null;

    private static OutputLine OpenLine(GpioController controller, int line, GpioSettings settings)
    {
        var output = new OutputLine(controller, line, settings.ActiveLow);
        try
        {
            output.Open();
            return output;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or ArgumentException or UnauthorizedAccessException)
        {
            throw new BoardException($"GPIO line {line} of chip {settings.Chip} cannot be opened: {Short(e)}. "
                + "gpioinfo shows who holds it; choose a free one in Gpio:BuzzerLine or Gpio:LampLine.", e);
        }
    }

    private static PwmSounder OpenPwm(GpioSettings settings)
    {
        try
        {
            return new(PwmChannel.Create(settings.PwmChip, settings.PwmChannel, PwmSounder.DefaultToneHz, 0.5));
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            throw new BoardException($"PWM channel {settings.PwmChannel} of pwmchip{settings.PwmChip} cannot be opened: {Short(e)}. "
                + "Enable it (Raspberry Pi: dtoverlay=pwm in config.txt, then reboot) and check Gpio:PwmChip and Gpio:PwmChannel.", e);
        }
    }

    private static string Short(Exception e) => e.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');

    private sealed class NoSounder : ISounder
    {
        public void Sound(int toneHz) { }
        public void Silence() { }
    }
}
