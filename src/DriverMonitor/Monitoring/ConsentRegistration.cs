using DriverMonitor.Audit;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Drivers;
using DriverMonitor.Hosting;
using DriverMonitor.Recording;
using DriverMonitor.RemoteCommands;
using DriverMonitor.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Monitoring;

/// <summary>Adds the one place where the service keeps the driver's consents, and the part that obeys them.</summary>
internal static class ConsentRegistration
{
    public static void AddConsents(this IHostApplicationBuilder builder)
    {
        var profiles = builder.AddSection<ProfileSettings>("Profiles");
        var privacy = builder.AddSection<PrivacySettings>("Privacy");
        builder.Services.AddSingleton(services => new TripHistory(profiles, services.GetRequiredService<ILogger<TripHistory>>()));
        builder.Services.AddSingleton(services =>
        {
            var log = services.GetRequiredService<ILogger<ConsentStore>>();
            return new ConsentStore(profiles, log, NotesOf(services.GetRequiredService<MonitorOptions>(), log));
        });
        builder.Services.AddSingleton(services => new ConsentMonitor(
            services.GetRequiredService<ConsentStore>(), privacy, services.GetRequiredService<Requests>(),
            () => services.GetRequiredService<ClockQuality>().TrustedNow, services.GetRequiredService<ILogger<ConsentMonitor>>(),
            services.GetRequiredService<MonitorOptions>().Discloses()));
        builder.Services.AddPart(
            ServicePart.Consent,
            services =>
            {
                var consents = services.GetRequiredService<ConsentMonitor>();
                return stop => DedicatedThread.RunAsync(consents.Run, stop);
            },
            (services, wait) => services.GetRequiredService<ConsentMonitor>().HandleFailure(wait));
    }

    /// <summary>Adds the part that changes the drivers' pseudonyms; nothing where none are made.</summary>
    public static void AddAliases(this IHostApplicationBuilder builder)
    {
        var recording = builder.AddSection<RecordingSettings>("Recording");
        var folder = builder.AddSection<FleetSettings>("Fleet").StateFolder
            ?? builder.AddSection<ProfileSettings>("Profiles").Folder ?? recording.Folder;
        if (folder is null) return;
        builder.Services.AddPart(ServicePart.Aliases, services => new AliasRenewal(
            folder, recording.MaxAge, () => services.GetRequiredService<ClockQuality>().TrustedNow,
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<AliasRenewal>>()).RunAsync);
    }

    /// <summary>
    /// Notes what drivers said about each modality, where records are kept. Opened with the first note: a disk that cannot be
    /// written keeps neither the service from starting nor a withdrawal from being obeyed.
    /// </summary>
    public static Action<string, Modalities, Consent> NotesOf(MonitorOptions settings, ILogger log) =>
        (driver, one, said) =>
        {
            if (settings.Fleet.StateFolder is not { } folder)
                return;
            new DriverRights(
                settings.Profiles,
                folder,
                new AuditLog(folder, TimeProvider.System),
                TimeProvider.System,
                log
            ).AuditConsent(driver, one, said);
        };
}
