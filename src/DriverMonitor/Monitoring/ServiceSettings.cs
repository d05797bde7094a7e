using DriverMonitor.Configuration;
using DriverMonitor.Core.Commands;
using DriverMonitor.RemoteCommands;

namespace DriverMonitor.Monitoring;

/// <summary>The settings the service runs with: its file, and what the fleet changed since, if that is still valid.</summary>
internal static class ServiceSettings
{
    /// <summary>
    /// Throws <see cref="ConfigurationException"/> only for the file itself; a bad change from afar must not stop a vehicle.
    /// </summary>
    /// <param name="last">What stands in for a file that the disk has lost; null for nothing.</param>
    public static LoadedSettings<MonitorOptions> Load(string config, LastGoodSettings? last = null)
    {
        LoadedSettings<MonitorOptions> file;
        try
        {
            RequireOwn(config, last);
            file = MonitorOptions.Read(config);
        }
        catch (ConfigurationException e) when (last is not null && e.IsDamage)
        {
            return last.Load(e);
        }

        // The defaults are nobody's settings: they must not take the place of some that were.
        if (config != MonitorOptions.ShippedFile) last?.Keep(file);
        var own = file.Settings;
        if (own.Fleet.Keys.Count == 0 || own.Fleet.StateFolder is not { } folder) return file;

        foreach (var (overlay, changes) in new FleetOverlay(folder).Candidates())
        {
            if (WhyNot(config, own, changes) is not { } why) return MonitorOptions.Read(config, changes);
            Console.Error.WriteLine($"drivermonitor: {overlay} is not used: {why}");
        }

        return file;
    }

    /// <summary>
    /// A service that had settings and has lost their file must not go on with the defaults: they know no buzzer.
    /// </summary>
    private static void RequireOwn(string config, LastGoodSettings? last)
    {
        if (config == MonitorOptions.ShippedFile && last is { IsKept: true })
            throw new ConfigurationException($"Settings file {MonitorOptions.PackagedFile} is gone.") { IsDamage = true };
    }

    /// <summary>Why the service could not run with these changes; null if it could.</summary>
    public static string? WhyNot(string config, MonitorOptions own, IReadOnlyDictionary<string, string> changes)
    {
        try
        {
            var asked = MonitorOptions.Read(config, changes).Settings;
            return ConfigRules.IsWithin(asked.Mqtt.Privacy, own.Mqtt.Privacy) ? null
                : $"Mqtt:Privacy may go down to less than {own.Mqtt.Privacy}, not up";
        }
        catch (ConfigurationException e)
        {
            return e.Message;
        }
    }
}
