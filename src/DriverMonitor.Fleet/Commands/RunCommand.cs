using System.CommandLine;
using DriverMonitor.Fleet.Intake;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Commands;

/// <summary><c>run</c>: the service; stops cleanly on SIGTERM.</summary>
internal static class RunCommand
{
    /// <summary>The settings file; the same option on every verb that needs one.</summary>
    public static Option<string> ConfigOption() => new("--config")
    {
        Description = $"Settings file (JSON); {FleetOptions.InstalledFile} without.",
        DefaultValueFactory = _ => FleetOptions.InstalledFile,
    };

    /// <param name="buildService">Builds the service from a settings file.</param>
    public static Command Make(Func<string, IHost> buildService)
    {
        var config = ConfigOption();
        var command = new Command("run", "Receive, store, and mark: the service.") { config };
        command.SetAction(async (line, stop) =>
        {
            using var host = buildService(line.GetRequiredValue(config));
            BrokerPorts.Check(
                host.Services.GetRequiredService<FleetOptions>(), host.Services.GetRequiredService<BrokerOptions>());
            await host.RunAsync(stop);
            return Environment.ExitCode;
        });
        return command;
    }
}
