using System.Device.Gpio;

namespace DriverMonitor.Gpio;

/// <summary>One line that is on or off: an active buzzer, a lamp, a relay. The board owns the controller.</summary>
internal sealed class OutputLine(GpioController controller, int line, bool activeLow) : IBuzzerDriver
{
    private readonly PinValue _on = activeLow ? PinValue.Low : PinValue.High;

    /// <summary>Takes the line as an output that starts switched off, so that opening it makes no click.</summary>
    public void Open() => controller.OpenPin(line, PinMode.Output, !_on);

    public void Set(bool on) => controller.Write(line, on ? _on : !_on);

    /// <summary>What a line that cannot be used throws: GPIO, PWM, or a chip that was taken away.</summary>
    public static bool IsRefusal(Exception e) =>
        e is IOException or UnauthorizedAccessException or InvalidOperationException or NotSupportedException;

    /// <summary>Why a line does not take commands, for a log.</summary>
    public static string Reason(Exception e) => IsRefusal(e) ? e.Message : $"{e.GetType().Name}, {e.Message}";

    /// <summary>An active buzzer has one pitch and one loudness.</summary>
    public void Sound(int toneHz, double volume) => Set(on: true);

    public void Silence() => Set(on: false);
}
