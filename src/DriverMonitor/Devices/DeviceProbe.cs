using DriverMonitor.Configuration;
using DriverMonitor.Time;

namespace DriverMonitor.Devices;

/// <summary>Asks every device once for <c>drivermonitor check</c>.</summary>
internal static class DeviceProbe
{
    public static async Task<IReadOnlyList<CheckLine>> CheckAsync(
        DevicesSettings settings, ClockQuality clock, TimeProvider time, CancellationToken stop)
    {
        var cab = new CabSensors(time);
        var factory = new DeviceFactory(clock, cab, new(time), settings.RingLights);
        var lines = new List<CheckLine>();
        foreach (var place in settings.Places)
        {
            var worker = new DeviceWorker(place.Name, () => factory.Open(place));
            var trouble = await PolledDevice.AskAsync(place, worker, time, stop);
            worker.Stop();
            lines.Add(new(place.Name, Ok: trouble is null, trouble is null ? $"{place} answers" : $"{place}: {trouble}"));
        }

        return lines;
    }
}
