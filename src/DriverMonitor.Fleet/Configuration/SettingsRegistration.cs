using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DriverMonitor.Fleet.Configuration;

/// <summary>The settings file, read strictly: an unknown key or a value out of range stops the start with one line.</summary>
internal static class SettingsRegistration
{
    /// <param name="config">A JSON file; environment variables <c>Fleet__Key</c> outweigh it.</param>
    public static void AddSettings(this IHostApplicationBuilder builder, string config)
    {
        try
        {
            builder.Configuration.AddJsonFile(Path.GetFullPath(config), optional: false).AddEnvironmentVariables();
        }
        catch (FileNotFoundException e)
        {
            throw new ConfigurationException(
                $"Settings file {Path.GetFullPath(config)} is not there. 'drivermonitor-fleet setup' makes one; --config names another.", e);
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Settings file {config}: {e.GetBaseException().Message}", e);
        }

        builder.AddSection<FleetOptions>(FleetOptions.Section);
    }

    /// <summary>Binds a section as options and as the plain record that classes take.</summary>
    /// <param name="section">Its path from the file's root, such as <c>Fleet:Marks</c>.</param>
    /// <returns>Its values, for what must be known before the parts are made.</returns>
    public static T AddSection<T>(this IHostApplicationBuilder builder, string section) where T : class, new()
    {
        if (builder.Properties.TryGetValue(typeof(T), out var known)) return (T)known;
        var values = builder.Configuration.GetSection(section);
        builder.Services.AddOptions<T>().Bind(values).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<T>>().Value);
        T settings;
        try
        {
            settings = values.Get<T>() ?? new();
        }
        catch (InvalidOperationException e)
        {
            throw new ConfigurationException($"{e.Message} {e.InnerException?.Message}", e);
        }

        builder.Properties.Add(typeof(T), settings);
        return settings;
    }
}
