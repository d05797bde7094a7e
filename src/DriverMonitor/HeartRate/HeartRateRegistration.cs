using DriverMonitor.Configuration;
using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.HeartRate;

/// <summary>Adds the source of the pulse that the settings name, and the gateway's messages where it is one.</summary>
internal static class HeartRateRegistration
{
    /// <exception cref="ConfigurationException">A gateway is to be heard at no broker.</exception>
    public static void AddHeartRate(this IHostApplicationBuilder builder)
    {
        var settings = builder.AddSection<HeartRateSettings>("HeartRate");
        var believed = builder.AddSection<MonitorSettings>("Judgement").Heart;
        builder.Services.AddSingleton(services => new HeartInput(HeartSources.Open(
            settings, believed, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILoggerFactory>(),
            services.GetRequiredService<Supervisor>().Of(ServicePart.Strap))));
        if (!settings.Mqtt.Enabled) return;
        var place = SubscriptionTarget.Of("heart", settings.Mqtt, builder.AddSection<MqttSettings>("Mqtt"));
        builder.Services.AddSubscriber(
            ServicePart.HeartGateway, place, services => Gateway(services).Handle);
        builder.Services.AddSingleton(services =>
        {
            var gateway = Gateway(services);
            return new ReadingSource(
                ServicePart.Skin, (ref seen) => seen = seen with { Skin = gateway.TakeSkin() }, Modalities.Heart);
        });
    }

    private static MqttHeart Gateway(IServiceProvider services) =>
        (MqttHeart)services.GetRequiredService<HeartInput>().Monitor!;
}
