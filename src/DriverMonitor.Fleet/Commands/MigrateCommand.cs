using System.CommandLine;
using DriverMonitor.Fleet.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Commands;

/// <summary>
/// <c>migrate</c>: brings the tables up to this version and says what was done; <c>run</c> does the same at its start.
/// </summary>
internal static class MigrateCommand
{
    public static Command Make(Func<string, IHost> buildService)
    {
        var config = RunCommand.ConfigOption();
        var command = new Command("migrate", "Bring the tables up to this version.") { config };
        command.SetAction(async (line, stop) =>
        {
            using var host = buildService(line.GetRequiredValue(config));
            var applied = await host.Services.GetRequiredService<Migrator>().MigrateAsync(stop);
            Console.WriteLine(applied.Count == 0 ? "nothing to do" : $"applied {string.Join(", ", applied)}");
            return ExitCode.Fine;
        });
        return command;
    }
}
