using System.CommandLine;
using System.Globalization;
using DriverMonitor.Fleet.Simulation;

namespace DriverMonitor.Fleet.Commands;

/// <summary><c>simulate</c>: vehicles that drive for some hours, as fast as the broker takes it.</summary>
internal static class SimulateCommand
{
    public static Command Make()
    {
        var vehicles = new Option<int>("--vehicles") { Description = "How many.", DefaultValueFactory = _ => 100 };
        var hours = new Option<double>("--hours") { Description = "Hours that each drives.", DefaultValueFactory = _ => 1 };
        var alerts = new Option<double>("--alerts")
        {
            Description = "Alerts an hour of each: 2.5 is typical, 40 the ceiling.",
            DefaultValueFactory = _ => 2.5,
        };
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
            if (address.Length != 2 || !int.TryParse(address[1], CultureInfo.InvariantCulture, out var port))
            {
                Console.Error.WriteLine("drivermonitor-fleet: --broker is host:port.");
                return ExitCode.BadUsage;
            }

            var time = TimeProvider.System;
            var begun = time.GetTimestamp();
            var fleet = new SimulatedFleet(
                address[0], port, line.GetRequiredValue(tenant), line.GetValue(vehicles), line.GetValue(hours),
                line.GetValue(alerts), line.GetRequiredValue(password), time);
            await fleet.RunAsync(stop);
            Console.WriteLine(Summary(fleet, line.GetValue(vehicles) * line.GetValue(hours), time.GetElapsedTime(begun)));
            return ExitCode.Fine;
        });
        return command;
    }

    /// <param name="driven">Vehicle hours.</param>
    public static string Summary(SimulatedFleet fleet, double driven, TimeSpan took)
    {
        var (seconds, kilobytes) = (took.TotalSeconds, fleet.Bytes / driven / 1024);
        return string.Create(CultureInfo.InvariantCulture, $"""
            {driven:0.#} vehicle hours in {seconds:0.0} s, {fleet.Connections} connections
            messages  {fleet.Messages,9}  {fleet.Messages / driven,7:0.0} an hour of a vehicle, {fleet.Messages / seconds,8:0}/s
            events    {fleet.Events,9}  {fleet.Events / driven,7:0.0} an hour of a vehicle, all acknowledged
            bytes     {fleet.Bytes,9}  {kilobytes,7:0.0} KiB an hour of a vehicle, without TCP and TLS
            """);
    }
}
