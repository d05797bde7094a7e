using DriverMonitor.Configuration;
using DriverMonitor.Files;
using DriverMonitor.Hosting;

namespace DriverMonitor.Vehicle.Can;

/// <summary>Listens to the bus for <c>drivermonitor check</c>.</summary>
internal static class CanProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <exception cref="ConfigurationException">The .dbc file cannot be used.</exception>
    public static async Task<CheckLine> CheckAsync(CanSettings settings, TimeProvider time, CancellationToken stop)
    {
        var vehicle = new CanVehicle(CanSignals.Of(settings), time);
        try
        {
            var bus = CanBuses.Open(settings, time, stop);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var reading = DedicatedThread.RunAsync(ended => ReadAll(bus, vehicle, ended), ending.Token);
            await Task.WhenAny(reading, Task.Delay(Patience, time, stop));
            await ending.CancelAsync();
            if (reading.Exception?.InnerException is { } fault) throw fault;
        }
        catch (Exception e) when (e is IOException or InputException)
        {
            return new("can", Ok: false, CanBuses.Trouble(settings) ?? ShownText.Excerpt(e.Message));
        }

        if (vehicle.Frames == 0)
            return new(
                "can", Ok: false,
                CanBuses.Trouble(settings) ?? $"{settings.Place} is silent; is the ignition on, and the bit rate the vehicle's?");
        return vehicle.Used == 0
            ? new(
                "can", Ok: settings.ObdRequests,
                $"{settings.Place}: {vehicle.Frames} frames, and none with a signal of Vehicle:Can; find them with 'can watch'")
            : new("can", Ok: true, $"{settings.Place}: {vehicle.Frames} frames, {vehicle.Used} with a signal of Vehicle:Can");
    }

    private static void ReadAll(ICanBus bus, CanVehicle vehicle, CancellationToken ended)
    {
        using (bus)
        {
            while (!ended.IsCancellationRequested && bus.TryRead(out var frame)) vehicle.Handle(frame);
        }
    }
}
