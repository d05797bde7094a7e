using System.CommandLine;
using System.Globalization;
using DriverMonitor.Fleet.Simulation;
using DriverMonitor.Fleet.Storage;

namespace DriverMonitor.Fleet.Commands;

/// <summary><c>bench</c>: pairs of figures, each beside its own limit in the same run: only their ratio means anything.</summary>
internal static class BenchCommand
{
    public static Command Make()
    {
        var postgres = new Option<string>("--postgres")
            { Description = "Connection string of an empty database; without it only SQLite is measured.", DefaultValueFactory = _ => "" };
        var broker = NumberOption.Within(
            "--broker", "Port of an open MQTT 5 broker on loopback whose queues hold all events; without it only the one inside.", 0, 0,
            ushort.MaxValue);
        var events = NumberOption.Within("--events", "Events of each round.", 20_000, 1_000, 10_000_000);
        var command = new Command("bench", "Measure storing and receiving, each against its own limit.") { postgres, broker, events };
        command.SetAction(async (line, stop) =>
        {
            var folder = Directory.CreateTempSubdirectory("drivermonitor-fleet-bench-");
            try
            {
                await using var file = new SqliteEventStore(new(Path.Combine(folder.FullName, "bench.db")), TimeProvider.System);
                await file.MigrateAsync(stop);
                await MeasureAsync(file, line.GetValue(events), line.GetValue(broker), "SQLite", 0.50, stop);
                if (line.GetRequiredValue(postgres) is { Length: > 0 } server)
                    await PostgresAsync(server, line.GetValue(events), line.GetValue(broker), stop);
                return ExitCode.Fine;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }

    private static async Task PostgresAsync(string server, int events, int broker, CancellationToken stop)
    {
        await using var store = new PostgresEventStore(new(server), TimeProvider.System);
        await store.MigrateAsync(stop);
        foreach (var row in await StoreBench.PostgresAsync(store, server, events, stop)) Console.WriteLine(row);
        await MeasureAsync(store, events, broker, "PostgreSQL", 0.60, stop);
    }

    /// <summary>A line as soon as it is known.</summary>
    private static async Task MeasureAsync(
        IEventStore store, int events, int broker, string name, double bar, CancellationToken stop)
    {
        const double Embedded = 0.60, Microseconds = 40, Megabytes = 200, Flat = 1.25;
        var bench = new ReceiverBench(store, events);
        var row = await bench.EmbeddedAsync(Embedded, stop);
        Console.WriteLine(row with { What = $"{row.What}, {name}" });
        Print($"processor time an event, us, embedded, {name}", Microseconds, bench.ProcessorTime, "the receiver's process alone");
        if (broker > 0)
        {
            Console.WriteLine(await bench.BrokerAsync($"receive and store / bare delivery, {name}", bar, broker, stop));
            Print($"processor time an event, us, broker, {name}", Microseconds, bench.ProcessorTime, "the receiver's process alone");
        }

        var rate = string.Create(CultureInfo.InvariantCulture, $"at up to {bench.Fastest:0} events/s");
        Print($"memory of the receiver, MB, {name}", Megabytes, bench.Memory.Max(), rate);
        Print($"memory after the last round / the second, {name}", Flat, bench.Memory[^1] / bench.Memory[1], "flat");
    }

    private static void Print(string what, double bar, double seen, string more) =>
        Console.WriteLine(new BenchRow(what, bar, seen, more) { IsAtMost = true });
}
