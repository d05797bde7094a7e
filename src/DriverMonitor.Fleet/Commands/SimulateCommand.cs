using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using DriverMonitor.Fleet.Simulation;

namespace DriverMonitor.Fleet.Commands;

/// <summary><c>simulate</c>: vehicles that drive for some hours, as fast as the broker takes it.</summary>
internal static class SimulateCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Command Make()
    {
        var (vehicles, hours) = (SimulationOptions.Vehicles(100), SimulationOptions.Hours(1));
        var alerts = SimulationOptions.Alerts(2.5);
        var broker = new Option<string>("--broker")
            { Description = "host:port, without encryption.", DefaultValueFactory = _ => "127.0.0.1:1883" };
        var tenant = new Option<string>("--tenant") { Description = "Tenant in the topics.", DefaultValueFactory = _ => "demo" };
        var password = new Option<string>("--password")
            { Description = "Of every vehicle sim-00001 and on; none without.", DefaultValueFactory = _ => "" };
        var command = new Command("simulate", "Let simulated vehicles drive, and say what it came to.")
            { vehicles, hours, alerts, broker, tenant, password };
        command.SetAction(async (line, stop) =>
        {
            var address = line.GetRequiredValue(broker).Split(':');
            if (address.Length != 2 || !ushort.TryParse(address[1], CultureInfo.InvariantCulture, out var port) || port == 0)
            {
                Console.Error.WriteLine("drivermonitor-fleet: --broker is host:port.");
                return ExitCode.BadUsage;
            }

            // Vehicles would try for ever; where nobody answers at all, whoever asked is told.
            using (var probe = new TcpClient())
            {
                await probe.ConnectAsync(address[0], port, stop).AsTask().WaitAsync(Patience, stop);
            }

            var time = TimeProvider.System;
            var begun = time.GetTimestamp();
            var fleet = new SimulatedFleet(
                address[0], port, line.GetRequiredValue(tenant), line.GetValue(vehicles), line.GetValue(hours),
                line.GetValue(alerts), line.GetRequiredValue(password), time);
            await fleet.RunAsync(stop);
            var driven = line.GetValue(vehicles) * line.GetValue(hours);
            Console.Write(DemoReport.OfSending(fleet, driven, time.GetElapsedTime(begun)));
            return ExitCode.Fine;
        });
        return command;
    }
}
