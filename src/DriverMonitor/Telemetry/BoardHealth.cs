using System.Diagnostics.Metrics;
using System.Globalization;
using DriverMonitor.Files;

namespace DriverMonitor.Telemetry;

/// <summary>How the board is; a part that is null is unknown.</summary>
/// <param name="IsVoltageLow">Its supply is below what it needs, now.</param>
/// <param name="IsSlowed">The processor is slowed down, or as hot as the kernel lets it become.</param>
/// <param name="HottestCelsius">Of its sensors.</param>
internal readonly record struct BoardState(bool? IsVoltageLow, bool? IsSlowed, double? HottestCelsius);

/// <summary>How warm the board is and whether it is slowed down, as the kernel says; nothing where it says nothing.</summary>
/// <param name="kernel">Where the kernel shows its devices: /sys.</param>
internal sealed class BoardHealth(string kernel = "/sys")
{
    // Raspberry Pi's firmware, of what is so now: low voltage; frequency capped, throttled, soft limit of the temperature.
    private const int LowVoltage = 0b0001, Slowed = 0b1110;

    // A sensor that is not connected says such numbers.
    private const double ColdestCelsius = -60, HottestCelsius = 200;

    public BoardState Read()
    {
        bool[] voltage = [.. SaidByFirmware(LowVoltage), .. SaidByVoltage()];
        bool[] slowed = [.. SaidByFirmware(Slowed), .. SaidByCooling(), .. SaidByTrips()];
        double? hottest = Temperatures().Select(zone => (double?)zone.Value)
            .Where(celsius => celsius is >= ColdestCelsius and <= HottestCelsius).Max();
        return new(Any(voltage), Any(slowed), hottest);
    }

    public IEnumerable<Measurement<double>> Temperatures()
    {
        foreach (var zone in Folders("class/thermal", "thermal_zone*"))
        {
            if (double.TryParse(Read(zone, "temp"), CultureInfo.InvariantCulture, out var thousandths))
                yield return new(
                    thousandths / 1000, new KeyValuePair<string, object?>("zone", Read(zone, "type") ?? Path.GetFileName(zone)));
        }
    }

    public IEnumerable<Measurement<int>> Throttled()
    {
        bool[] said = [.. SaidByFirmware(LowVoltage | Slowed), .. SaidByVoltage(), .. SaidByCooling()];
        if (Any(said) is { } isAny) yield return new(isAny ? 1 : 0);
    }

    private static bool? Any(bool[] said) => said.Length == 0 ? null : said.Contains(true);

    /// <summary>The node is soc/soc:firmware up to the Pi 4, and has the address of the chip in both names since.</summary>
    private IEnumerable<bool> SaidByFirmware(int asked)
    {
        foreach (var node in Folders("devices/platform", "soc*").SelectMany(soc => Folders(soc, "soc*:firmware")))
            if (int.TryParse(Read(node, "get_throttled"), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var bits))
                yield return (bits & asked) != 0;
    }

    /// <summary>What kernels have that know nothing of the firmware's node: low voltage alone.</summary>
    private IEnumerable<bool> SaidByVoltage()
    {
        foreach (var sensor in Folders("class/hwmon", "hwmon*"))
            if (Read(sensor, "name") == "rpi_volt" && Read(sensor, "in0_lcrit_alarm") is { } alarm) yield return alarm != "0";
    }

    /// <summary>Boards on which the kernel itself slows the processor down (Jetson among them).</summary>
    private IEnumerable<bool> SaidByCooling()
    {
        foreach (var device in Folders("class/thermal", "cooling_device*"))
            if (
                Read(device, "type")?.Contains("cpufreq", StringComparison.Ordinal) == true
                && Read(device, "cur_state") is { } state)
                yield return state != "0";
    }

    /// <summary>What each zone's kernel driver takes for too hot (a Jetson's are at 99 and 104 °C); fans do not count.</summary>
    private IEnumerable<bool> SaidByTrips()
    {
        foreach (var zone in Folders("class/thermal", "thermal_zone*"))
        {
            if (Number(zone, "temp") is not { } now || now / 1000 is < ColdestCelsius or > HottestCelsius) continue;
            for (var trip = 0; Read(zone, $"trip_point_{trip}_type") is { } type; trip++)
                if (type is "passive" or "hot" or "critical" && Number(zone, $"trip_point_{trip}_temp") is > 0 and var limit)
                    yield return now >= limit;
        }
    }

    private static double? Number(string folder, string file) =>
        double.TryParse(Read(folder, file), CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    private string[] Folders(string below, string named)
    {
        var folder = Path.Combine(kernel, below);
        return Directory.Exists(folder) ? Directory.GetDirectories(folder, named) : [];
    }

    private static string? Read(string folder, string file)
    {
        try
        {
            return StoredFile.ReadText(Path.Combine(folder, file)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
