using System.CommandLine;
using DriverMonitor.Monitoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Cli;

/// <summary><c>run</c>: the service; stops cleanly on SIGTERM.</summary>
internal static class RunCommand
{
    /// <param name="buildService">Builds the service from a settings file.</param>
    public static Command Make(Func<string, IHost> buildService)
    {
        var config = new Option<string?>("--config") { Description = MonitorOptions.ConfigHelp };
        var command = new Command("run", "Watch the driver: the service.") { config };
        command.SetAction((line, stop) => RunAsync(buildService(line.GetValue(config) ?? MonitorOptions.InstalledFile), stop));
        return command;
    }

    /// <param name="stop">Asked for by a signal, also by one that came while the service was built.</param>
    private static async Task<int> RunAsync(IHost host, CancellationToken stop)
    {
        using var built = host;
        await using var asked = stop.Register(host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication);
        try
        {
            await host.RunAsync(CancellationToken.None);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was stopped before everything had started.
        }

        return Environment.ExitCode;
    }
}
