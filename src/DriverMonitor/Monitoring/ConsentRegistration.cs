using DriverMonitor.Audit;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Drivers;
using DriverMonitor.Hosting;
using DriverMonitor.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Monitoring;

/// <summary>Adds the one place where the service keeps the driver's consents, and the part that obeys them.</summary>
internal static class ConsentRegistration
{
    public static void AddConsents(this IServiceCollection services, MonitorOptions settings, Requests requests, ClockQuality clock)
    {
        services.AddSingleton(parts =>
        {
            var log = parts.GetRequiredService<ILogger<ConsentStore>>();
            return new ConsentStore(settings.Profiles, log, NotesOf(settings, log));
        });
        services.AddSingleton(parts => new ConsentMonitor(
            parts.GetRequiredService<ConsentStore>(), settings.Privacy, requests, () => clock.TrustedNow,
            parts.GetRequiredService<ILogger<ConsentMonitor>>(), settings.Discloses()));
        services.AddPart(
            ServicePart.Consent, parts => ServiceTask.OnItsOwnThread(parts.GetRequiredService<ConsentMonitor>().Run),
            (parts, wait) => parts.GetRequiredService<ConsentMonitor>().HandleFailure(wait));
    }

    /// <summary>
    /// Notes what drivers said about each modality, where records are kept. Opened with the first note: a disk that cannot be
    /// written keeps neither the service from starting nor a withdrawal from being obeyed.
    /// </summary>
    public static Action<string, Modalities, Consent> NotesOf(MonitorOptions settings, ILogger log) => (driver, one, said) =>
    {
        if (settings.Fleet.StateFolder is not { } folder) return;
        new DriverRights(settings.Profiles, folder, new AuditLog(folder, TimeProvider.System), TimeProvider.System, log).NoteConsent(driver, one, said);
    };
}
