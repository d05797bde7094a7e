using DriverMonitor.Hosting;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Monitoring;

/// <summary>
/// Runs the drive until it is told to stop. If it ends by itself (a recording) the service ends; if it fails the process exits
/// with <see cref="ExitCode.OurBug"/> or <see cref="ExitCode.OutOfMemory"/>, because the host alone would exit with 0 and nobody
/// would start us again.
/// </summary>
internal sealed class MonitoringService(LiveDrive drive, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await DedicatedThread.RunAsync(drive.Run, stoppingToken);
            lifetime.StopApplication();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // told to stop
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            Environment.ExitCode = CrashExit.CodeOf(e);
            throw;
        }
    }
}
