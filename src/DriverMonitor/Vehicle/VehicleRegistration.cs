using DriverMonitor.Configuration;
using DriverMonitor.Core;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Vehicle;

/// <summary>Adds the source of the speed that the settings name, and whatever feeds it.</summary>
internal static class VehicleRegistration
{
    /// <exception cref="ConfigurationException">A gateway is to be heard at no broker.</exception>
    public static void AddVehicle(this IHostApplicationBuilder builder)
    {
        var settings = builder.AddSection<VehicleSettings>("Vehicle");
        var link = builder.AddSection<MqttSettings>("Mqtt");
        var discloses = DisclosurePolicy.Of(link.Privacy, builder.AddSection<MonitorSettings>("Judgement").Profile);
        builder.Services.AddSingleton(
            services => VehicleSources.Open(settings, services.GetRequiredService<TimeProvider>(), discloses));
        if (settings.Mqtt.Enabled)
        {
            builder.Services.AddSubscriber(
                ServicePart.VehicleGateway, SubscriptionTarget.Of("vehicle", settings.Mqtt, link),
                services => VehicleSources.GatewayOf(services.GetRequiredService<IVehicle>()).Handle);
        }

        if (settings.Gpsd.Host is null) return;
        builder.Services.AddPart(ServicePart.Gpsd, services => new GpsdListener(
            settings.Gpsd, VehicleSources.SatellitesOf(services.GetRequiredService<IVehicle>()).Handle,
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<GpsdListener>>()).RunAsync);
    }
}
