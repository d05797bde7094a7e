using DriverMonitor.Core.Signals;

namespace DriverMonitor.Recording;

/// <summary>What the cab's sensors said, in a recording: which of the five are known, then these.</summary>
internal static class CabEntry
{
    private const byte Light = 1, Co2 = 2, Temperature = 4, Vibration = 8, Horizontal = 16;

    public static void Write(ref BlockWriter block, in CabReading cab)
    {
        block.Byte((byte)(Has(cab.AmbientLux, Light) | Has(cab.Co2Ppm, Co2)
            | Has(cab.TemperatureCelsius, Temperature) | Has(cab.VibrationG, Vibration)
            | Has(cab.HorizontalG, Horizontal)));
        if (cab.AmbientLux is { } lux) block.Double(lux);
        if (cab.Co2Ppm is { } ppm) block.Double(ppm);
        if (cab.TemperatureCelsius is { } degrees) block.Double(degrees);
        if (cab.VibrationG is { } g) block.Double(g);
        if (cab.HorizontalG is { } across) block.Double(across);
    }

    /// <exception cref="InvalidDataException">A part that is unknown.</exception>
    public static CabReading Read(ref BlockReader block)
    {
        var has = block.Byte();
        if (has >= 2 * Horizontal) throw new InvalidDataException("a sensor of the cab that is unknown");
        // In the order in which they were written: arguments are read from left to right.
        return new(
            (has & Light) != 0 ? block.Double() : null, (has & Co2) != 0 ? block.Double() : null,
            (has & Temperature) != 0 ? block.Double() : null, (has & Vibration) != 0 ? block.Double() : null,
            (has & Horizontal) != 0 ? block.Double() : null);
    }

    private static int Has(double? value, byte bit) => value is null ? 0 : bit;
}
