using System.Diagnostics;
using System.Globalization;
using DriverMonitor.Fleet.Intake;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Fleet.Simulation;

/// <summary>The broker inside with 200 vehicles, storing and not storing.</summary>
internal static class EmbeddedBench
{
    private const int Vehicles = 200;

    public static async Task<IReadOnlyList<(string, double, double, string)>> RunAsync(
        string folder, int events, CancellationToken stop)
    {
        await using var database = new FleetDatabase(Path.Combine(folder, "bench.db"));
        await using var store = new SqliteEventStore(database, TimeProvider.System);
        await store.MigrateAsync(stop);
        await using var none = new NullStore(database);
        List<double> ratios = [];
        var (with, without, processor) = (0.0, 0.0, 0.0);
        for (var round = 0; round < 3; round++)
        {
            (without, _) = await ReceiveAsync(none, round, events, stop);
            (with, processor) = await ReceiveAsync(store, round, events, stop);
            if (round > 0) ratios.Add(with / without);
        }

        var memory = Process.GetCurrentProcess().WorkingSet64 / (1024.0 * 1024);
        return
        [
            ("embedded with commit (SQLite) / without, at least", 0.60, ratios.Average(),
                string.Create(CultureInfo.InvariantCulture, $"{with:0} and {without:0} events/s")),
            ("processor time an event, us, with 200 clients in it", 40, processor, "the vehicles' own included"),
            ("memory of all this, MB, at most", 200, memory, "the vehicles' own included"),
        ];
    }

    private static async Task<(double PerSecond, double ProcessorMicroseconds)> ReceiveAsync(
        IEventStore store, int round, int events, CancellationToken stop)
    {
        var port = Commands.DemoCommand.FreePort();
        var users = Enumerable.Range(1, Vehicles).ToDictionary(SimulatedFleet.NameOf, _ => "bench");
        await using var intake = new EmbeddedIntake(
            new() { LoopbackPort = port, Users = users }, new() { Tenants = ["demo"] }, TimeProvider.System,
            NullLogger<EmbeddedIntake>.Instance);
        using var figures = new ReceiverFigures();
        using var receiver = new Receiver(
            intake, store, new EventReader(["demo"], []), figures, TimeProvider.System, NullLogger<Receiver>.Instance);
        await receiver.StartAsync(stop);
        // Each connects, and drives at 40 alerts an hour: about 94 events.
        var hours = events / (Vehicles * 94.0);
        var fleet = new SimulatedFleet(
            "127.0.0.1", port, "demo", Vehicles, hours, 40 + (round * 0.01), "bench", TimeProvider.System);
        var (begun, used) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await fleet.RunAsync(stop);
        var seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        var processor = (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / fleet.Messages;
        await receiver.StopAsync(stop);
        return (fleet.Messages / seconds, processor);
    }
}
