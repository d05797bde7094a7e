using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Devices;

/// <summary>
/// Parts on I2C, SPI and serial ports, all optional: clock, light, air, motion, display, ring, UPS. <c>drivermonitor setup</c>
/// finds those on I2C; hardware/vehicle.md has the wiring.
/// </summary>
internal sealed record DevicesSettings : IValidatableObject
{
    /// <summary>
    /// What is fitted, each with its place: <c>ds3231@1:0x68</c> on I2C bus 1 (<c>pcf8563</c>, <c>bh1750</c>, <c>tsl2561</c>,
    /// <c>max44009</c>, <c>scd4x</c>, <c>mpu6886</c>, <c>bno055</c>, <c>ssd1306</c>, <c>pijuice</c> likewise),
    /// <c>adxl345@0.1</c> and <c>ws2812b@0.0</c> on SPI bus 0, <c>mhz19b@/dev/ttyS0</c> on a serial port.
    /// </summary>
    public string[] Parts { get; init; } = [];

    /// <summary>How many lights the ring has.</summary>
    [Range(1, 256)] public int RingLights { get; init; } = 12;

    /// <summary>Which of them; only after validation.</summary>
    internal IReadOnlyList<DevicePlace> Places => [.. Parts.Select(DevicePlace.Parse)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in Parts)
        {
            var (place, flaw) = Read(part);
            if (place is null)
                yield return new($"Devices:Parts: '{part}' {flaw}.", [nameof(Parts)]);
            else if (!seen.TryAdd(place.Port ?? $"{place.Row.Bus}{place.Bus}:{place.Address}", part))
                yield return new($"Devices:Parts: '{part}' hangs where another one does. Keep one of them.", [nameof(Parts)]);
            else if (!seen.TryAdd(place.Name, part))
                yield return new(
                    $"Devices:Parts: '{part}' and '{seen[place.Name]}' are two of one sort ({place.Name}). Keep one of them.",
                    [nameof(Parts)]);
        }
    }

    private static (DevicePlace? Place, string? Flaw) Read(string part)
    {
        try
        {
            return (DevicePlace.Parse(part), null);
        }
        catch (FormatException e)
        {
            return (null, e.Message);
        }
    }
}
