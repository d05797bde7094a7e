using DriverMonitor.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Monitoring;

/// <summary>Reads the settings of the service.</summary>
internal static class SettingsRegistration
{
    /// <summary>Checks the file as a whole before any part is added; each part then binds its own section.</summary>
    /// <exception cref="ConfigurationException">The file cannot be used.</exception>
    public static void AddSettings(this IHostApplicationBuilder builder, string config)
    {
        var loaded = ServiceSettings.Load(config);
        if (loaded.Notice is { } notice) builder.Services.AddHostedService(_ => new SettingsNotice(notice));
        builder.Configuration.AddInMemoryCollection(loaded.Values);
        builder.Services.AddSingleton(loaded.Settings);
    }
}
