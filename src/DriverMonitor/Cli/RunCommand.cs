using System.CommandLine;
using DriverMonitor.Monitoring;
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
        command.SetAction(line =>
        {
            using var host = buildService(line.GetValue(config) ?? MonitorOptions.InstalledFile);
            host.Run();
            return Environment.ExitCode;
        });
        return command;
    }
}
