using System.Device.Gpio;

namespace DriverMonitor.Gpio;

/// <summary>A button's line, pulled to its resting side where the chip can. The board owns the controller.</summary>
internal sealed class InputLine(GpioController controller, int line, bool activeLow)
{
    public void Open()
    {
        var pulled = activeLow ? PinMode.InputPullUp : PinMode.InputPullDown;
        // A Jetson's header has no pulls to switch: there a resistor must do it (hardware/buzzer.md).
        controller.OpenPin(line, controller.IsPinModeSupported(line, pulled) ? pulled : PinMode.Input);
    }

    public bool IsPressed() => controller.Read(line) == (activeLow ? PinValue.Low : PinValue.High);
}
