using System.Globalization;

namespace DriverMonitor.Devices;

/// <summary>A device that is fitted: what it is and where it hangs.</summary>
/// <param name="Bus">Number of the I2C or SPI bus; 0 on a serial port.</param>
/// <param name="Address">I2C address, or the SPI bus's chip select.</param>
/// <param name="Port">The serial port; null on a bus.</param>
internal sealed record DevicePlace(DeviceKind Kind, int Bus, int Address, string? Port)
{
    /// <summary>How a message names it.</summary>
    public string Name => Row.What;

    public DeviceRow Row => DeviceTable.Of(Kind);

    /// <summary>
    /// <c>bh1750@1:0x23</c> on I2C (without an address the usual one), <c>ws2812b@0.0</c> on SPI (bus and chip select),
    /// <c>mhz19b@/dev/ttyS0</c> on a serial port.
    /// </summary>
    /// <exception cref="FormatException">What is wrong with it, as a clause.</exception>
    public static DevicePlace Parse(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var name = at < 0 ? text : text[..at];
        if (!Enum.TryParse<DeviceKind>(name, ignoreCase: true, out var kind) || char.IsAsciiDigit(name[0]))
            throw new FormatException(
                $"is no device. There are {string.Join(", ", DeviceTable.Rows.Select(one => one.Kind.ToString().ToLowerInvariant()))}");
        var place = at < 0 ? "" : text[(at + 1)..];
        return DeviceTable.Of(kind) switch
        {
            { Bus: DeviceBus.Serial } => place.StartsWith("/dev/", StringComparison.Ordinal)
                ? new(kind, 0, 0, place)
                : throw new FormatException("does not name its serial port, as in mhz19b@/dev/ttyS0"),
            { Bus: DeviceBus.Spi } => OnSpi(kind, place),
            var row => OnI2c(kind, place, row.Addresses),
        };
    }

    /// <summary>As the settings write it.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kind.ToString().ToLowerInvariant()}@{(Port is not null ? Port : Row.Bus == DeviceBus.Spi ? $"{Bus}.{Address}" : $"{Bus}:0x{Address:x2}")}");

    private static DevicePlace OnI2c(DeviceKind kind, string place, int[] addresses)
    {
        var parts = place.Split(':');
        var address = parts.Length == 1 ? addresses[0] : Hex(parts[1]);
        if (parts.Length > 2 || !TryBus(parts[0], out var bus) || address is null)
            throw new FormatException($"does not name bus and address, as in {kind.ToString().ToLowerInvariant()}@1:0x{addresses[0]:x2}");
        return Array.IndexOf(addresses, address.Value) >= 0
            ? new(kind, bus, address.Value, null)
            : throw new FormatException(
                $"has an address that this device cannot have; it can have {string.Join(", ", addresses.Select(one => $"0x{one:x2}"))}");
    }

    private static DevicePlace OnSpi(DeviceKind kind, string place)
    {
        var parts = place.Split('.');
        return parts.Length == 2 && TryBus(parts[0], out var bus) && TryBus(parts[1], out var select)
            ? new(kind, bus, select, null)
            : throw new FormatException($"does not name bus and chip select, as in {kind.ToString().ToLowerInvariant()}@0.0");
    }

    private static int? Hex(string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        && int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var address)
            ? address
            : null;

    private static bool TryBus(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= 255;
}
