using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Hosting;

/// <summary>
/// A part of the service that runs until it is told to stop. If it ends by itself (a recording) the service ends; if it
/// fails the process exits with <see cref="ExitCode.OurBug"/>, because the host alone would exit with 0 and nobody would start us again.
/// </summary>
internal sealed class ServiceTask(Func<CancellationToken, Task> run, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>Work that blocks gets a thread of its own.</summary>
    public static Func<CancellationToken, Task> OnItsOwnThread(Action<CancellationToken> work) =>
        stop => Task.Factory.StartNew(() => work(stop), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await run(stoppingToken);
            lifetime.StopApplication();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // told to stop
        }
        catch (Exception) when (!stoppingToken.IsCancellationRequested)
        {
            Environment.ExitCode = ExitCode.OurBug;
            throw;
        }
    }
}
