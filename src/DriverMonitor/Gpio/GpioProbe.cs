using DriverMonitor.Host;

namespace DriverMonitor.Gpio;

/// <summary>Tries the outputs for <c>drivermonitor check</c>: opens and closes them without a sound.</summary>
internal static class GpioProbe
{
    public static CheckLine Check(GpioSettings settings, TimeProvider time)
    {
        try
        {
            Board.Open(settings, time).Dispose();
            return new("gpio", Ok: true, settings.Board switch
            {
                BoardKind.None => "no outputs configured; alerts are not heard",
                BoardKind.Virtual => "virtual board; set Gpio:Board to Chip to hear the buzzer",
                _ => settings.Buzzer == BuzzerKind.Active
                    ? $"chip {settings.Chip}, buzzer on line {settings.BuzzerLine}{Lamp(settings)}"
                    : $"buzzer on pwmchip{settings.PwmChip} channel {settings.PwmChannel}{Lamp(settings)}",
            });
        }
        catch (BoardException e)
        {
            return new("gpio", Ok: false, e.Message);
        }
    }

    private static string Lamp(GpioSettings settings) => settings.LampLine is { } line ? $", lamp on line {line}" : "";
}
