namespace DriverMonitor.Hosting;

/// <summary>Work that blocks its thread, as a task.</summary>
internal static class DedicatedThread
{
    /// <summary>Runs the work on a thread of its own: the pool must not miss one for as long as the service runs.</summary>
    public static Task RunAsync(Action<CancellationToken> work, CancellationToken stop) =>
        Task.Factory.StartNew(() => work(stop), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
