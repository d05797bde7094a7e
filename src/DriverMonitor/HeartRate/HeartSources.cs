using DriverMonitor.Configuration;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.HeartRate.Bluez;
using DriverMonitor.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.HeartRate;

/// <summary>Chooses the heart that the settings name, and tries it for <c>check</c>.</summary>
internal static class HeartSources
{
    /// <summary>A strap may need some seconds; Bluetooth itself is there or is not.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15), ShortPatience = TimeSpan.FromSeconds(3);

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

    /// <summary>One line for <c>check</c>: whether the source that the settings name gives its pulse.</summary>
    public static CheckLine Check(HeartRateSettings settings, TimeProvider time, CancellationToken stop)
    {
        if (settings.Bluetooth.Addresses.Length > 0)
            return CheckStrap(settings.Bluetooth, time, stop);
        if (settings.File is not { } file)
            return new("heart", Ok: true, "none configured (HeartRate is empty); fatigue rests on the eyes");
        try
        {
            RecordedHeart.Open(file);
            return new("heart", Ok: true, $"{file} is understood");
        }
        catch (HeartFileException e)
        {
            return new("heart", Ok: false, e.Message);
        }
    }

    /// <param name="bus">Another bus than the system's, for tests.</param>
    internal static CheckLine CheckStrap(
        BluetoothSettings settings, TimeProvider time, CancellationToken stop, string? bus = null)
    {
        using var strap = BluezStrap.Open(settings, null, time, bus: bus);
        var started = time.GetTimestamp();
        while (strap.Status.State is var state && time.GetElapsedTime(started) < Patience && !stop.WaitHandle.WaitOne(100))
        {
            if (
                state is StrapState.NoBus or StrapState.NoBluetooth or StrapState.NoAdapter
                && time.GetElapsedTime(started) > ShortPatience)
                break;
            if (state is not StrapState.Listening)
                continue;
            var battery = strap.Status.Battery is { } percent ? $", battery {percent} %" : "";
            return new("heart", Ok: true, $"{strap.Status.Name} ({strap.Status.Address}) gives its pulse{battery}");
        }

        return new(
            "heart",
            Ok: false,
            $"no pulse from {string.Join(" or ", settings.Addresses)} within {time.GetElapsedTime(started).TotalSeconds:0} s: {BluezStrap.Describe(strap.Status)}"
        );
    }
}
