using DriverMonitor.Cli;
using DriverMonitor.Hosting;
using DriverMonitor.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Drivers;

/// <summary>Adds the one place where the service keeps the driver's consents, and the part that obeys them.</summary>
internal static class ConsentWiring
{
    public static void AddConsents(this IServiceCollection services, MonitorOptions settings, Requests requests, ClockQuality clock)
    {
        services.AddSingleton(parts =>
        {
            var log = parts.GetRequiredService<ILogger<ConsentStore>>();
            return new ConsentStore(settings.Profiles, log, RightsCommands.NotesOf(settings, log));
        });
        services.AddSingleton(parts => new ConsentMonitor(
            parts.GetRequiredService<ConsentStore>(), settings.Privacy, requests, () => clock.TrustedNow,
            parts.GetRequiredService<ILogger<ConsentMonitor>>(), settings.Discloses()));
        services.AddPart(
            ServicePart.Consent, parts => ServiceTask.OnItsOwnThread(parts.GetRequiredService<ConsentMonitor>().Run),
            (parts, wait) => parts.GetRequiredService<ConsentMonitor>().HandleFailure(wait));
    }
}
