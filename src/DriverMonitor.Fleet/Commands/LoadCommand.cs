using System.CommandLine;
using System.Globalization;
using DriverMonitor.Core.Events;
using DriverMonitor.Fleet.Simulation;

namespace DriverMonitor.Fleet.Commands;

/// <summary>
/// <c>load</c>: the vehicles of <c>bench</c>, in a process of their own so that the receiver's cost is its own. Says "ready" when
/// all are connected, begins at the next line, and says how long it took.
/// </summary>
internal static class LoadCommand
{
    /// <summary>From one message a vehicle on, packet numbers have 16 bits.</summary>
    private const int MostEach = 65_000;

    public static Command Make()
    {
        var port = new Option<int>("--port") { Required = true };
        var vehicles = new Option<int>("--vehicles") { Required = true };
        var events = new Option<int>("--events") { Required = true, Description = "Of each vehicle." };
        var epoch = new Option<long>("--epoch") { Required = true };
        var password = new Option<string>("--password") { DefaultValueFactory = _ => "" };
        var command = new Command(BenchFleet.Verb, "The vehicles of bench.") { port, vehicles, events, epoch, password };
        command.Hidden = true;
        command.SetAction(async (line, stop) =>
        {
            var each = Math.Min(line.GetValue(events), MostEach);
            var all = Enumerable.Range(1, line.GetValue(vehicles)).Select(
                number => Vehicle(number, each, (ulong)line.GetValue(epoch), line.GetRequiredValue(password))).ToList();
            foreach (var one in all) await one.ConnectAsync(line.GetValue(port), stop);
            Console.WriteLine("ready");
            await Console.In.ReadLineAsync(stop);
            var begun = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(all.Select(one => one.SendAsync(stop)));
            var seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:0.000} {all.Sum(one => one.Refused)}"));
            foreach (var one in all) one.Dispose();
            return ExitCode.Fine;
        });
        return command;
    }

    private static LoadVehicle Vehicle(int number, int events, ulong epoch, string password)
    {
        var name = SimulatedFleet.NameOf(number);
        var says = new VehicleMessages(BenchFleet.Tenant, name, epoch, 1, TimeProvider.System.GetUtcNow());
        return new(name, password,
        [
            .. Enumerable.Range(1, events).Select(
                seq => says.Alert(seq, TimeSpan.FromSeconds(seq), (AlertPhase)(seq % 3), (seq / 3) + 1)),
        ]);
    }
}
