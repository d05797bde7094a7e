using System.Diagnostics.Metrics;
using System.Globalization;
using DriverMonitor.Files;

namespace DriverMonitor.Telemetry;

/// <summary>How warm the board is and whether it is slowed down, as the kernel says; nothing where it says nothing.</summary>
/// <param name="kernel">Where the kernel shows its devices: /sys.</param>
internal sealed class BoardHealth(string kernel = "/sys")
{
    /// <summary>Raspberry Pi's firmware: bits 0 and 2 are low voltage and throttling, now.</summary>
    private const int Now = 0b0101;

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
        bool[] said = [.. SaidByFirmware(), .. SaidByVoltage(), .. SaidByCooling()];
        if (said.Length > 0) yield return new(said.Contains(true) ? 1 : 0);
    }

    /// <summary>The node is soc/soc:firmware up to the Pi 4, and has the address of the chip in both names since.</summary>
    private IEnumerable<bool> SaidByFirmware()
    {
        foreach (var node in Folders("devices/platform", "soc*").SelectMany(soc => Folders(soc, "soc*:firmware")))
            if (int.TryParse(Read(node, "get_throttled"), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var bits))
                yield return (bits & Now) != 0;
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
