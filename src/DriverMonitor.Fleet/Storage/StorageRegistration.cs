using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Storage;

/// <summary>The tables, on a file or a server.</summary>
internal static class StorageRegistration
{
    public static void AddStorage(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => new FleetDatabase(services.GetRequiredService<FleetOptions>().Store));
        builder.Services.AddSingleton<Migrator>();
    }
}
