using System.CommandLine;
using DriverMonitor.Configuration;
using DriverMonitor.Monitoring;
using DriverMonitor.Vehicle.Can;

namespace DriverMonitor.Cli;

/// <summary><c>can</c>: what goes over the vehicle's bus, so that an installer finds the signals.</summary>
internal static class CanCommand
{
    public static Command Make() => new("can", "Look at the vehicle's bus.") { Watch() };

    private static Command Watch()
    {
        var bus = new Option<string?>("--interface")
        {
            Description = "The bus; the one of the settings, or the only one there is, if not given.",
        };
        var log = new Option<string?>("--log") { Description = "A log of 'candump -l' in place of a bus." };
        var seconds = new Option<int?>("--seconds") { Description = "End by itself." };
        var plain = new Option<bool>("--plain") { Description = "One table at the end, for a file or a pipe." };
        var config = new Option<string?>("--config") { Description = MonitorOptions.ConfigHelp };
        var command = new Command("watch", "Show identifiers and the bytes that change. Nothing is sent.")
        {
            bus, log, seconds, plain, config,
        };
        NumberOption.Limit(seconds, 1, NumberOption.LongestWatch);
        command.SetAction((line, stop) =>
        {
            var settings = Choose(
                MonitorOptions.Load(line.GetValue(config) ?? MonitorOptions.InstalledFile).Vehicle.Can, line.GetValue(bus),
                line.GetValue(log));
            return CanScreen.WatchAsync(settings, line.GetValue(seconds), line.GetValue(plain), TimeProvider.System, stop);
        });
        return command;
    }

    private static CanSettings Choose(CanSettings settings, string? bus, string? log)
    {
        settings = settings with { ObdRequests = false };
        if (log is not null) return settings with { Interface = null, Log = log };
        if ((bus ?? settings.Interface) is { } named) return settings with { Interface = named, Log = null };
        if (settings.Log is not null) return settings;
        return new CanLink().All() switch
        {
            [var only] => settings with { Interface = only },
            [] => throw new ConfigurationException(
                "There is no CAN interface. Plug the adapter in, or give a log with --log; see hardware/vehicle.md."),
            var several => throw new ConfigurationException(
                $"There are several CAN interfaces. Name one with --interface: {string.Join(", ", several)}."),
        };
    }
}
