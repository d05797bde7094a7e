using DriverMonitor.Configuration;
using DriverMonitor.Hosting;
using DriverMonitor.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Devices;

/// <summary>Adds the parts that the settings name, each on a thread of its own.</summary>
internal static class DevicesRegistration
{
    public static void AddDevices(this IHostApplicationBuilder builder)
    {
        var settings = builder.AddSection<DevicesSettings>("Devices");
        builder.Services.AddSingleton<CabSensors>();
        builder.Services.AddSingleton(services =>
        {
            var cab = services.GetRequiredService<CabSensors>();
            return new ReadingSource(ServicePart.Devices, (ref seen) => seen = seen with { Cab = cab.Take() });
        });
        builder.Services.AddSingleton<StatusBoard>();
        builder.Services.AddSingleton(services => new DeviceFactory(
            services.GetRequiredService<ClockQuality>(), services.GetRequiredService<CabSensors>(),
            services.GetRequiredService<StatusBoard>(), settings.RingLights, SupplyOf(services)));
        foreach (var place in settings.Places)
        {
            builder.Services.AddPart(ServicePart.Devices, services =>
            {
                var factory = services.GetRequiredService<DeviceFactory>();
                return new PolledDevice(
                    place, () => factory.Open(place), services.GetRequiredService<DeviceStates>().Of(place.Name),
                    services.GetRequiredService<TimeProvider>()).RunAsync;
            });
        }
    }

    private static Action<bool, double?> SupplyOf(IServiceProvider services) => new PowerSupply(
        new(PiJuiceSupply.Holds), services.GetRequiredService<DeviceStates>().Of("power"),
        services.GetRequiredService<IHostApplicationLifetime>().StopApplication, services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<ILogger<PowerSupply>>()).Update;
}
