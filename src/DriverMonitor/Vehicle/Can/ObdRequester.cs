using DriverMonitor.Core.Can;

namespace DriverMonitor.Vehicle.Can;

/// <summary>
/// Asks the engine twice a second while it answers. One that sleeps is asked every half minute only, or the questions would keep
/// the vehicle's bus awake and empty its battery.
/// </summary>
internal sealed class ObdRequester(ICanBus bus, Func<bool> isAnswered, TimeProvider time)
{
    public static readonly TimeSpan Often = TimeSpan.FromSeconds(0.5);
    public static readonly TimeSpan Seldom = TimeSpan.FromSeconds(30);

    /// <summary>Runs until stopped.</summary>
    /// <exception cref="IOException">The bus does not take the question.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var request in ObdFrames.Requests) bus.Write(request);
            await Task.Delay(Often, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!isAnswered())
                await Task.Delay(Seldom - Often, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
