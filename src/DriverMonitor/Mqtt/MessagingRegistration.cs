using DriverMonitor.Camera;
using DriverMonitor.Configuration;
using DriverMonitor.Core;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Wire;
using DriverMonitor.Drivers;
using DriverMonitor.Hosting;
using DriverMonitor.Outbox;
using DriverMonitor.RemoteCommands;
using DriverMonitor.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Mqtt;

/// <summary>Adds the way to the fleet: outbox and link; nothing where nothing is to be sent.</summary>
internal static class MessagingRegistration
{
    public static void AddMessaging(this IHostApplicationBuilder builder)
    {
        var settings = builder.AddSection<MqttSettings>("Mqtt");
        if (!Uplink.Wanted(settings)) return;
        var place = builder.AddSection<OutboxSettings>("Outbox").Place();
        var folder = builder.AddSection<FleetSettings>("Fleet").StateFolder;
        var camera = CameraPresets.KindOf(builder.AddSection<CameraSettings>("Camera"));
        var profiles = builder.AddSection<ProfileSettings>("Profiles");
        var discloses = DisclosurePolicy.Of(settings.Privacy, builder.AddSection<MonitorSettings>("Judgement").Profile);
        builder.Services.AddSingleton(services =>
        {
            var supervisor = services.GetRequiredService<Supervisor>();
            // Null if it cannot be made: then nothing is sent, and the driver is warned all the same.
            return supervisor
                .Of(ServicePart.Link)
                .Make(() =>
                    new Uplink(
                        settings,
                        services.GetRequiredService<WireOrigin>(),
                        services.GetRequiredService<TimeProvider>(),
                        Random.Shared.NextDouble,
                        services.GetRequiredService<ILogger<MqttLink>>(),
                        discloses.NamesEmotions,
                        place,
                        services.GetRequiredService<ClockQuality>(),
                        services.GetRequiredService<ILogger<EventOutbox>>(),
                        supervisor.Of(ServicePart.Outbox),
                        discloses.Allows(Audience.Fleet, Disclosure.Measures) ? () => AliasOf(profiles, folder) : null,
                        services.GetService<NetworkPage>()?.Address,
                        camera)
                )!;
        });
        builder.Services.AddSingleton<PartStateHandler>(services =>
            state => services.GetService<Uplink>()?.Report(StatusOf(state.Condition), state.Part.Name()));
        builder.Services.AddPart(ServicePart.Link, services => services.GetRequiredService<Uplink>().Link.RunAsync);
    }

    /// <summary>Null where no salt is kept: a pseudonym of one run would find nothing when somebody is to be forgotten.</summary>
    private static string? AliasOf(ProfileSettings profiles, string? folder)
    {
        try
        {
            return folder is null ? null : new DriverAlias(folder).Of(profiles.Driver);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string StatusOf(PartCondition condition) => condition switch
    {
        PartCondition.Well => "part_recovered",
        PartCondition.Failing => "part_failed",
        _ => "part_down",
    };
}
