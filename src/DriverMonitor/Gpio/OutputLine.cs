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
    public static bool IsRefusal(Exception e) => e is IOException or UnauthorizedAccessException or InvalidOperationException or NotSupportedException;

    /// <summary>False where the hardware refuses, or its driver fails.</summary>
    public bool TrySet(bool on)
    {
        try
        {
            Set(on);
            return true;
        }
#pragma warning disable CA1031 // whatever one line's driver throws, the other lines go on
        catch (Exception)
        {
            return false;
        }
#pragma warning restore CA1031
    }

    /// <summary>An active buzzer has one pitch and one loudness.</summary>
    public void Sound(int toneHz, double volume) => Set(on: true);

    public void Silence() => Set(on: false);
}
