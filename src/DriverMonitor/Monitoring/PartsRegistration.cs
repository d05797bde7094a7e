using DriverMonitor.Configuration;
using DriverMonitor.Hosting;
using DriverMonitor.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Monitoring;

/// <summary>Adds the file by which <c>check</c> learns how the parts of the running service are.</summary>
internal static class PartsRegistration
{
    public static void AddPartsFile(this IHostApplicationBuilder builder)
    {
        if (builder.AddSection<OutboxSettings>("Outbox").Place() is not { } folder) return;
        builder.Services.AddSingleton(services => new PartsFile(folder, services.GetRequiredService<ILogger<PartsFile>>()));
        builder.Services.AddSingleton<PartStateHandler>(services =>
        {
            var file = services.GetRequiredService<PartsFile>();
            return _ => file.Update(services.GetRequiredService<Supervisor>());
        });
    }
}
