using DriverMonitor.Hosting;

namespace DriverMonitor.Devices;

/// <summary>
/// Asks one device for as long as the service runs; unplugged, back, hanging: one line each, and nobody else waits.
/// </summary>
internal sealed class PolledDevice(DevicePlace place, Func<IPolledDevice> open, DeviceReport report, TimeProvider time)
{
    /// <summary>The slowest (Scd4x) measures every five seconds, and is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    /// <summary>Runs until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var worker = new DeviceWorker(place.Name, open);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var trouble = await AskAsync(place, worker, time, stop);
                if (stop.IsCancellationRequested) return;
                if (trouble is null) report.ReportWell($"{place} answers");
                else report.ReportLost($"{place}: {trouble}");
                await Task.Delay(trouble is null ? place.Row.Every : Retry, time, stop)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            worker.Stop();
        }
    }

    /// <summary>Asks once; what is wrong, in words, or null.</summary>
    public static async Task<string?> AskAsync(
        DevicePlace place, DeviceWorker worker, TimeProvider time, CancellationToken stop)
    {
        if (worker.IsHanging) return DeviceTrouble.Hangs;
        var asked = worker.PollAsync();
        await asked.WaitAsync(Patience, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !asked.IsCompleted ? DeviceTrouble.Hangs
            : asked.Exception?.InnerException is { } fault ? DeviceTrouble.Describe(place, fault)
            : null;
    }
}
