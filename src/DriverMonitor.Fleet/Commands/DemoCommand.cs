using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using DriverMonitor.Fleet.Simulation;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Commands;

/// <summary>
/// <c>demo</c>: the whole receiver alone, in a temporary folder, with simulated vehicles; says at the end what arrived.
/// </summary>
internal static class DemoCommand
{
    private const string Tenant = "demo";

    /// <param name="buildService">Builds the service from a settings file.</param>
    public static Command Make(Func<string, IHost> buildService)
    {
        var (vehicles, hours) = (SimulationOptions.Vehicles(20), SimulationOptions.Hours(2));
        var stay = new Option<bool>("--stay") { Description = "Go on serving the API until Ctrl+C." };
        var command = new Command("demo", "Start alone with simulated vehicles and say what arrived; 1 if anything is missing.")
            { vehicles, hours, stay };
        command.SetAction(async (line, stop) =>
        {
            var folder = Directory.CreateTempSubdirectory("drivermonitor-fleet-demo-");
            try
            {
                return await RunAsync(
                    folder.FullName, buildService, line.GetValue(vehicles), line.GetValue(hours), line.GetValue(stay), stop);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string folder, Func<string, IHost> buildService, int vehicles, double hours, bool stays, CancellationToken stop)
    {
        var (port, password) = (SimulatedFleet.FreePort(), RandomNumberGenerator.GetHexString(16));
        using var host = buildService(WriteSettings(folder, vehicles, port, password, stays));
        await host.StartAsync(stop);
        var time = host.Services.GetRequiredService<TimeProvider>();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            Driver Monitor fleet: {vehicles} simulated vehicles, {hours:0.#} h each

              vehicles  mqtt://127.0.0.1:{port}
              API       {host.Services.GetRequiredService<ApiServer>().Address}

            """));
        var begun = time.GetTimestamp();
        var fleet = new SimulatedFleet("127.0.0.1", port, Tenant, vehicles, hours, 20, password, time);
        await fleet.RunAsync(stop);
        Console.WriteLine(DemoReport.OfSending(fleet, vehicles * hours, time.GetElapsedTime(begun)));
        var database = host.Services.GetRequiredService<FleetDatabase>();
        var (text, isWhole) = await DemoReport.OfStoreAsync(database, fleet, vehicles, stop);
        Console.Write(text);
        if (stays)
        {
            var link = host.Services.GetRequiredService<SetupLink>().Printed;
            Console.WriteLine($"\n  Open {link} and choose a name and a password. Ctrl+C ends it.");
            await host.WaitForShutdownAsync(stop);
        }

        await host.StopAsync(CancellationToken.None);
        return isWhole ? ExitCode.Fine : ExitCode.Failed;
    }

    private static string WriteSettings(string folder, int vehicles, int port, string password, bool stays)
    {
        var file = Path.Combine(folder, "fleet.json");
        var users = Enumerable.Range(1, vehicles).ToDictionary(SimulatedFleet.NameOf, _ => password);
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            // The link by which somebody signs in is of use only while it goes on.
            Logging = new { LogLevel = new { Default = stays ? "Warning" : "Error" } },
            Fleet = new
            {
                Store = Path.Combine(folder, "fleet.db"),
                Tenants = (string[])[Tenant],
                Broker = new { LoopbackPort = port, Users = users },
                Marks = new { KeyFile = Path.Combine(folder, "mark.key"), Every = "00:00:01" },
                Web = new { Port = 0 },
                Enrolment = new { Folder = Path.Combine(folder, "authority") },
            },
        }));
        return file;
    }
}
