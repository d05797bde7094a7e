using DriverMonitor.Core.HeartRate;
using DriverMonitor.HeartRate.Bluez;
using DriverMonitor.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.HeartRate;

/// <summary>Chooses the heart that the settings name.</summary>
internal static class HeartSources
{
    /// <summary>
    /// The source, or null where none is set. What has a thread of its own is <see cref="IDisposable"/>; what comes by MQTT is
    /// the wiring's to feed.
    /// </summary>
    /// <exception cref="HeartFileException">The file cannot be read, or a line in it cannot.</exception>
    public static IHeartMonitor? Open(
        HeartRateSettings settings,
        HeartSettings believed,
        TimeProvider time,
        ILoggerFactory log,
        SupervisedPart? strap = null) =>
        settings.File is { } file ? RecordedHeart.Open(file)
        : settings.Bluetooth.Addresses.Length > 0
            ? BluezStrap.Open(settings.Bluetooth, believed, time, log.CreateLogger<BluezStrap>(), part: strap)
        : settings.Mqtt.Enabled ? new MqttHeart(believed, time)
        : null;
}
