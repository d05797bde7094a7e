using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DriverMonitor.Configuration;

/// <summary>Adds a part's section of the settings.</summary>
internal static class SectionRegistration
{
    /// <summary>Binds the section as options and as the plain record that classes take.</summary>
    /// <param name="section">Its name below the file's root.</param>
    /// <returns>Its values, for what must be known before the parts are made.</returns>
    public static T AddSection<T>(this IHostApplicationBuilder builder, string section) where T : class, new()
    {
        // Several parts may ask for one section; bound twice, its lists would hold everything twice.
        if (builder.Properties.TryGetValue(typeof(T), out var known)) return (T)known;
        var values = builder.Configuration.GetSection(SettingsJson.Section).GetSection(section);
        builder.Services.AddOptions<T>().Bind(values).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<T>>().Value);
        var settings = values.Get<T>() ?? new();
        builder.Properties.Add(typeof(T), settings);
        return settings;
    }
}
