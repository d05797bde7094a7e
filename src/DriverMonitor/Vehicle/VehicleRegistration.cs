using DriverMonitor.Configuration;
using DriverMonitor.Core;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using DriverMonitor.Time;
using DriverMonitor.Vehicle.Can;
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
            services => VehicleSources.Open(settings, services.GetRequiredService<TimeProvider>(), discloses,
                services.GetRequiredService<ClockQuality>().OfferTimeOfDay));
        builder.Services.AddSingleton(services => services.GetRequiredService<VehicleSources>().Vehicle);
        if (settings.Mqtt.Enabled)
        {
            builder.Services.AddSubscriber(
                ServicePart.VehicleGateway, SubscriptionTarget.Of("vehicle", settings.Mqtt, link),
                services => services.GetRequiredService<VehicleSources>().Gateway!.Handle);
        }

        if (settings.Nmea.Port is not null)
        {
            builder.Services.AddPart(ServicePart.Nmea, services => new NmeaListener(
                settings.Nmea, services.GetRequiredService<VehicleSources>().Receiver!,
                services.GetRequiredService<DeviceStates>().Of("nmea"), services.GetRequiredService<TimeProvider>()).RunAsync);
        }

        if (settings.Can.IsUsed) builder.AddCan(settings.Can);
        if (settings.Gpsd.Host is null) return;
        builder.Services.AddPart(ServicePart.Gpsd, services => new GpsdListener(
            settings.Gpsd, services.GetRequiredService<VehicleSources>().Satellites!.Handle,
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<GpsdListener>>()).RunAsync);
    }

    private static void AddCan(this IHostApplicationBuilder builder, CanSettings settings) =>
        builder.Services.AddPart(ServicePart.Can, services =>
        {
            var time = services.GetRequiredService<TimeProvider>();
            var vehicle = services.GetRequiredService<VehicleSources>().Bus!;
            return new CanListener(
                settings, stop => CanBuses.Open(settings, time, stop, vehicle.Wanted), () => CanBuses.Trouble(settings),
                () => CanBuses.Passed(settings), vehicle, services.GetRequiredService<DeviceStates>().Of("can"), time).RunAsync;
        });
}
