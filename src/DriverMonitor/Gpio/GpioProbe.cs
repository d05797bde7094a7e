using System.Globalization;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Features;

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
        + Wired("power lost", settings.PowerLostLine)
        + Infrared(settings);

    /// <summary>Whoever mounts a lamp should hear of its light at the eye.</summary>
    private static string Infrared(GpioSettings settings)
    {
        if ((settings.InfraredLine ?? settings.InfraredPwmChip) is null) return "";
        var duty = settings.InfraredPwmChip is null ? 1 : settings.InfraredDutyUsed;
        return Wired("infrared lamp", settings.InfraredLine)
            + (settings.InfraredPwmChip is { } chip
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $", infrared lamp on pwmchip{chip} channel {settings.InfraredPwmChannel}, {duty:P0} of the time")
                : "")
            + (settings.InfraredIntensity is { } intensity
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $" ({duty * InfraredEyeSafety.Irradiance(intensity, settings.InfraredDistance):F1} W/m² at {settings.InfraredDistance} m)")
                : " (its light at the eye is not known; set Gpio:InfraredIntensity)");
    }

    private static string Wired(string part, int? line) => line is null ? "" : $", {part} on {line}";
}
