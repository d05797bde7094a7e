using System.Diagnostics.Metrics;
using System.Globalization;

namespace DriverMonitor.Host;

/// <summary>How warm the board is and whether it is slowed down, as the kernel says; nothing where it says nothing.</summary>
internal static class BoardHealth
{
    private const string Zones = "/sys/class/thermal";

    /// <summary>Raspberry Pi's firmware: bits 0 and 2 are low voltage and throttling, now.</summary>
    private const string Firmware = "/sys/devices/platform/soc/soc:firmware/get_throttled";

    private const int Now = 0b0101;

    public static IEnumerable<Measurement<double>> Temperatures()
    {
        foreach (var zone in Directory.Exists(Zones) ? Directory.GetDirectories(Zones, "thermal_zone*") : [])
        {
            if (double.TryParse(Read(Path.Combine(zone, "temp")), CultureInfo.InvariantCulture, out var thousandths))
                yield return new(thousandths / 1000, new KeyValuePair<string, object?>("zone", Read(Path.Combine(zone, "type")) ?? Path.GetFileName(zone)));
        }
    }

    public static IEnumerable<Measurement<int>> Throttled()
    {
        if (int.TryParse(Read(Firmware), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var bits)) yield return new((bits & Now) != 0 ? 1 : 0);
    }

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
