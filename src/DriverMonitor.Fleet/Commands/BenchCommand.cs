using System.CommandLine;
using System.Globalization;
using DriverMonitor.Fleet.Simulation;

namespace DriverMonitor.Fleet.Commands;

/// <summary><c>bench</c>: pairs of figures, each beside its own limit in the same run: only their ratio means anything.</summary>
internal static class BenchCommand
{
    public static Command Make()
    {
        var postgres = new Option<string>("--postgres")
            { Description = "Connection string of an empty database; without it only SQLite is measured.", DefaultValueFactory = _ => "" };
        var events = new Option<int>("--events") { Description = "Events of each run.", DefaultValueFactory = _ => 20_000 };
        var command = new Command("bench", "Measure storing and receiving, each against its own limit.") { postgres, events };
        command.SetAction(async (line, stop) =>
        {
            var folder = Directory.CreateTempSubdirectory("drivermonitor-fleet-bench-");
            try
            {
                var rows = new List<(string What, double Bar, double Seen, string More)>();
                if (line.GetRequiredValue(postgres) is { Length: > 0 } server)
                    rows.AddRange(await StoreBench.PostgresAsync(server, line.GetValue(events), stop));
                rows.AddRange(await EmbeddedBench.RunAsync(folder.FullName, line.GetValue(events), stop));
                foreach (var (what, bar, seen, more) in rows)
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-52} {bar,7:0.00} {seen,8:0.00}  {more}"));
                return ExitCode.Fine;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }
}
