using System.Globalization;
using DriverMonitor.Fleet.Intake;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Fleet.Simulation;

/// <summary>From the broker to the disk, beside the same way without a store; the vehicles are another process.</summary>
internal sealed class ReceiverBench(IEventStore store, int events)
{
    private const int Rounds = 3;
    private static readonly IEventStore None = new NullStore(new(":memory:"));
    private int _round;

    /// <summary>Of the last storing round, microseconds of the receiver's own process an event.</summary>
    public double ProcessorTime { get; private set; }

    /// <summary>The receiver's largest, after each storing round, MB.</summary>
    public List<double> Memory { get; } = [];

    /// <summary>Events a second in the fastest round.</summary>
    public double Fastest { get; private set; }

    /// <summary>The broker inside.</summary>
    public Task<BenchRow> EmbeddedAsync(double bar, CancellationToken stop)
    {
        var port = SimulatedFleet.FreePort();
        var users = Enumerable.Range(1, BenchFleet.Vehicles).ToDictionary(SimulatedFleet.NameOf, _ => BenchFleet.Password);
        return CompareAsync(
            "embedded with commit / without", bar, port, BenchFleet.Password,
            () => new EmbeddedIntake(
                new() { LoopbackPort = port, Users = users }, Fleet(""), TimeProvider.System, NullLogger<EmbeddedIntake>.Instance),
            stop);
    }

    /// <summary>A broker outside, by its port on loopback.</summary>
    public Task<BenchRow> BrokerAsync(string what, double bar, int port, CancellationToken stop) => CompareAsync(
        what, bar, port, "",
        () => new MqttIntake(
            Fleet($"mqtt://127.0.0.1:{port}"), new(), TimeProvider.System, NullLogger<MqttIntake>.Instance), stop);

    private static FleetOptions Fleet(string intake) => new() { Intake = intake, Tenants = [BenchFleet.Tenant] };

    /// <summary>In turn, so that both sides see the machine as busy; the first round warms up.</summary>
    private async Task<BenchRow> CompareAsync(
        string what, double bar, int port, string password, Func<IIntake> intake, CancellationToken stop)
    {
        List<double> ratios = [];
        var (with, without) = (0.0, 0.0);
        for (var round = 0; round <= Rounds; round++)
        {
            without = await ReceiveAsync(intake, None, port, password, stop);
            with = await ReceiveAsync(intake, store, port, password, stop);
            if (round > 0) ratios.Add(with / without);
        }

        ratios.Sort();
        return new(what, bar, ratios[ratios.Count / 2], string.Create(
            CultureInfo.InvariantCulture, $"{with:0} and {without:0} events/s; rounds {string.Join(' ', ratios.Select(one => $"{one:0.00}"))}"));
    }

    private async Task<double> ReceiveAsync(
        Func<IIntake> make, IEventStore to, int port, string password, CancellationToken stop)
    {
        await using var intake = make();
        using var figures = new ReceiverFigures();
        using var receiver = new Receiver(
            intake, to, new EventReader([BenchFleet.Tenant], []), figures, TimeProvider.System, NullLogger<Receiver>.Instance);
        await receiver.StartAsync(stop);
        while (!intake.IsConnected) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, stop);
        await using var fleet = await BenchFleet.StartAsync(port, events, ++_round, password, stop);
        var (begun, used) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await fleet.SendAsync(stop);
        // A broker outside has answered for what is still on its way here.
        var count = events / BenchFleet.Vehicles * BenchFleet.Vehicles;
        while (figures.Events < count) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, stop);
        var seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        if (to == store)
        {
            ProcessorTime = (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / count;
            Memory.Add(Environment.WorkingSet / (1024.0 * 1024));
            Fastest = Math.Max(Fastest, count / seconds);
        }

        await receiver.StopAsync(stop);
        return count / seconds;
    }
}
