using DriverMonitor.Configuration;
using DriverMonitor.Files;
using DriverMonitor.Monitoring;
using DriverMonitor.Vision;

namespace DriverMonitor.Cli;

/// <summary>
/// What the settings name and the service keeps: keys, passwords, consents, profiles, recordings, models. No command may
/// overwrite it.
/// </summary>
internal static class KeptFiles
{
    /// <summary>The files, by the key that names them or their folder.</summary>
    /// <param name="config">Settings file; null for the service's own.</param>
    public static IReadOnlyList<NamedPath> Of(string? config)
    {
        var settings = Settings(config ?? MonitorOptions.InstalledFile);
        var paths = SettingPaths
            .Of(settings)
            .Append(new("the models", settings.Vision.ModelFolder ?? ModelStore.DefaultFolder()));
        return [.. paths.SelectMany(FilesOf)];
    }

    /// <summary>Settings that cannot be read name nothing; whoever needs them will say so.</summary>
    private static MonitorOptions Settings(string config)
    {
        try
        {
            return MonitorOptions.Load(config);
        }
        catch (ConfigurationException)
        {
            return new();
        }
    }

    private static IEnumerable<NamedPath> FilesOf(NamedPath path)
    {
        try
        {
            return Directory.Exists(path.Path)
                ? Directory.GetFiles(path.Path).Select(file => new NamedPath($"a file of {path.Name}", file))
                : [path];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
