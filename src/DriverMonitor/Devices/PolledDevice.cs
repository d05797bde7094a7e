using DriverMonitor.Hosting;

namespace DriverMonitor.Devices;

/// <summary>
/// Asks one device for as long as the service runs; unplugged, back, hanging: one line each, and nobody else waits.
/// </summary>
internal sealed class PolledDevice(DevicePlace place, Func<IPolledDevice> open, DeviceReport report, TimeProvider time)
{
    /// <summary>Many times what the slowest takes: half a second to set one up, a third for a burst of accelerations.</summary>
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
                var wait = await StepAsync(worker, stop);
                await Task.Delay(wait, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            worker.Stop();
        }
    }

    /// <summary>Asks once, says what changed, and gives how long to wait before the next time.</summary>
    public async Task<TimeSpan> StepAsync(DeviceWorker worker, CancellationToken stop)
    {
        var trouble = await AskAsync(place, worker, time, stop);
        if (stop.IsCancellationRequested) return TimeSpan.Zero;
        if (trouble is null) report.ReportWell($"{place} answers");
        else report.ReportLost($"{place}: {trouble}");
        return trouble is null ? place.Row.Every : Retry;
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
