using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using DriverMonitor.Files;
using DriverMonitor.Fleet.Simulation;
using DriverMonitor.Fleet.Wire;

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
            var (host, port) = AddressOf(line.GetRequiredValue(broker));
            if (!TopicName.IsName(line.GetRequiredValue(tenant))) throw new UsageException("--tenant must be 1 to 32 of a-z, 0-9 and '-'.");
            // Vehicles would try for ever; where nobody answers at all, whoever asked is told.
            using (var probe = new TcpClient())
            {
                await probe.ConnectAsync(host, port, stop).AsTask().WaitAsync(Patience, stop);
            }

            var time = TimeProvider.System;
            var begun = time.GetTimestamp();
            var fleet = new SimulatedFleet(
                host, port, line.GetRequiredValue(tenant), line.GetValue(vehicles), line.GetValue(hours),
                line.GetValue(alerts), line.GetRequiredValue(password), time);
            await fleet.RunAsync(stop);
            var driven = line.GetValue(vehicles) * line.GetValue(hours);
            Console.Write(DemoReport.OfSending(fleet, driven, time.GetElapsedTime(begun)));
            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>An address of IPv6 has its own colons and stands in brackets.</summary>
    private static (string Host, ushort Port) AddressOf(string broker)
    {
        var colon = broker.LastIndexOf(':');
        var host = colon > 0 ? broker[..colon] : "";
        if (host.StartsWith('[') && host.EndsWith(']')) host = host[1..^1];
        else if (host.Contains(':', StringComparison.Ordinal)) host = "";
        return ushort.TryParse(broker[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            && Uri.CheckHostName(host) != UriHostNameType.Unknown
            ? (host, port)
            : throw new UsageException("--broker is host:port.");
    }
}
