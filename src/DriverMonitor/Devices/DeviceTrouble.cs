using System.Globalization;
using DriverMonitor.Files;

namespace DriverMonitor.Devices;

/// <summary>A device answers, and what it says cannot be; the message says why and what to do.</summary>
internal sealed class DeviceException(string message) : IOException(message);

/// <summary>Why a device does not answer, and what to do.</summary>
internal static class DeviceTrouble
{
    /// <summary>Neither an answer nor an error.</summary>
    public const string Hangs = "it hangs, and its bus may hang with it; check its wiring, or take its power away";

    public static string Describe(DevicePlace place, Exception fault)
    {
        // Bindings wrap what the kernel said.
        fault = fault.GetBaseException();
        var said = fault.Message;
        if (fault is DeviceException) return said;
        // EREMOTEIO: nobody pulled the acknowledge bit.
        if (said.Contains("121", StringComparison.Ordinal) || said.Contains("Remote I/O", StringComparison.Ordinal))
            return string.Create(
                CultureInfo.InvariantCulture,
                $"nobody answers at 0x{place.Address:x2}; check wiring and address (i2cdetect -y {place.Bus})");
        if (place.Port is { } port && !File.Exists(port)) return $"there is no port {port}; is it enabled, or plugged in?";
        if (place.Row.Bus == DeviceBus.I2c && !HasBus("i2c-", place.Bus))
            return $"there is no I2C bus {place.Bus}; enable it (Raspberry Pi: dtparam=i2c_arm=on) or correct its number";
        if (place.Row.Bus == DeviceBus.Spi && !HasBus("spidev", place.Bus))
            return $"there is no SPI bus {place.Bus}; enable it (Raspberry Pi: dtparam=spi=on) or correct its number";
        if (fault is UnauthorizedAccessException || said.Contains("Permission denied", StringComparison.Ordinal))
            return "it may not be opened; is the user in groups i2c, spi and dialout?";
        if (said.Contains("busy", StringComparison.OrdinalIgnoreCase))
            return "a driver of the kernel has it; take its dtoverlay away, or the device from Devices:Parts";
        return ShownText.Excerpt(said.ReplaceLineEndings(" ").TrimEnd('.'));
    }

    private static bool HasBus(string prefix, int bus) =>
        Directory.EnumerateFileSystemEntries("/dev", $"{prefix}{bus}*").Any();
}
