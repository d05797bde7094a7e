using System.Globalization;
using DriverMonitor.Files;

namespace DriverMonitor.Devices;

/// <summary>Why a device does not answer, and what to do.</summary>
internal static class DeviceTrouble
{
    /// <summary>Neither an answer nor an error.</summary>
    public const string Hangs = "it hangs, and its bus may hang with it; check its wiring, or take its power away";

    public static string Describe(DevicePlace place, Exception fault)
    {
        var said = fault.Message;
        if (place.Port is { } port && !File.Exists(port)) return $"there is no port {port}; is it enabled, or plugged in?";
        if (place.Row.Bus == DeviceBus.I2c && !HasBus("i2c-", place.Bus))
            return $"there is no I2C bus {place.Bus}; enable it (Raspberry Pi: dtparam=i2c_arm=on) or correct its number";
        if (place.Row.Bus == DeviceBus.Spi && !HasBus("spidev", place.Bus))
            return $"there is no SPI bus {place.Bus}; enable it (Raspberry Pi: dtparam=spi=on) or correct its number";
        if (fault is UnauthorizedAccessException || said.Contains("Permission denied", StringComparison.Ordinal))
            return "it may not be opened; is the user in groups i2c, spi and dialout?";
        // EREMOTEIO and ENXIO: nobody pulled the acknowledge bit. EBUSY: a driver of the kernel's has it.
        if (said.Contains("121", StringComparison.Ordinal) || said.Contains("Remote I/O", StringComparison.Ordinal))
            return string.Create(
                CultureInfo.InvariantCulture,
                $"nobody answers at 0x{place.Address:x2}; check wiring and address (i2cdetect -y {place.Bus})");
        if (said.Contains("busy", StringComparison.OrdinalIgnoreCase))
            return "a driver of the kernel has it; take its dtoverlay away, or the device from Devices:Parts";
        return ShownText.Excerpt(said.ReplaceLineEndings(" ").TrimEnd('.'));
    }

    private static bool HasBus(string prefix, int bus) =>
        Directory.EnumerateFileSystemEntries("/dev", $"{prefix}{bus}*").Any();
}
