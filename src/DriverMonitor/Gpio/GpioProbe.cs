using DriverMonitor.Configuration;

namespace DriverMonitor.Gpio;

/// <summary>Tries the outputs for <c>drivermonitor check</c>: opens and closes them without a sound.</summary>
internal static class GpioProbe
{
    public static CheckLine Check(GpioSettings settings, TimeProvider time)
    {
        try
        {
            Board.Open(settings, time).Dispose();
            if (settings.WhySilent is { } why) return new("gpio", Ok: false, $"NO BUZZER: {why}");
            return new("gpio", Ok: true, settings.Buzzer == BuzzerKind.Active
                ? $"{settings.Board}, chip {settings.ChipName}, buzzer on line {settings.BuzzerLineUsed}{Others(settings)}"
                : $"{settings.Board}, buzzer on pwmchip{settings.PwmChip} channel {settings.PwmChannel}{Others(settings)}");
        }
        catch (BoardException e)
        {
            return new("gpio", Ok: false, e.Message);
        }
    }

    private static string Others(GpioSettings settings) =>
        Wired("lamp", settings.LampLine)
        + Wired("camera lamp", settings.CameraLampLine)
        + Wired("button", settings.ButtonLine)
        + Wired("relay", settings.RelayLine)
        + Wired("infrared lamp", settings.InfraredLine);

    private static string Wired(string part, int? line) => line is null ? "" : $", {part} on {line}";
}
