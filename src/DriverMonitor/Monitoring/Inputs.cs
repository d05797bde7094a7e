using DriverMonitor.Configuration;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using DriverMonitor.Vehicle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Monitoring;

/// <summary>What the service hears beside the camera: the sources that the settings name, and whatever feeds them.</summary>
internal sealed class Inputs
{
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _log;

    /// <exception cref="HeartFileException">A recorded heart cannot be read.</exception>
    public Inputs(MonitorOptions settings, TimeProvider time, ILoggerFactory log, Supervisor? supervisor = null)
    {
        (_time, _log) = (time, log);
        Heart = HeartSources.Open(settings.HeartRate, settings.Judgement.Heart, time, log, supervisor?.Of(ServicePart.Strap));
        // The position is needed to tell it to the fleet, and never otherwise.
        Vehicle = VehicleSources.Open(settings.Vehicle, time, keepsPosition: settings.Discloses().Allows(Audience.Fleet, Disclosure.Position));
    }

    /// <summary>What has a thread of its own is <see cref="IDisposable"/>.</summary>
    public IHeartMonitor? Heart { get; }

    public IVehicle Vehicle { get; }

    /// <summary>The skin's newest reading, where the heart's gateway sends it.</summary>
    public Func<SkinReading?>? Skin => Heart is MqttHeart gateway ? gateway.TakeSkin : null;

    /// <summary>Whatever feeds the sources runs with the service.</summary>
    /// <exception cref="ConfigurationException">A gateway is to be heard at no broker.</exception>
    public static void AddTo(IServiceCollection services, MonitorOptions settings, TimeProvider time)
    {
        services.AddSingleton(provider => new Inputs(
            settings, time, provider.GetRequiredService<ILoggerFactory>(), provider.GetRequiredService<Supervisor>()));
        if (settings.HeartRate.Mqtt.Enabled)
        {
            var place = SubscriptionTarget.Of("heart", settings.HeartRate.Mqtt, settings.Mqtt);
            Run(ServicePart.HeartGateway, inputs => inputs.Listen(place, ((MqttHeart)inputs.Heart!).Handle));
        }

        if (settings.Vehicle.Mqtt.Enabled)
        {
            var place = SubscriptionTarget.Of("vehicle", settings.Vehicle.Mqtt, settings.Mqtt);
            Run(ServicePart.VehicleGateway, inputs => inputs.Listen(place, (inputs.Vehicle is TwoSources two ? two.Gateway : (MqttVehicle)inputs.Vehicle).Handle));
        }

        if (settings.Vehicle.Gpsd.Host is not null)
        {
            Run(ServicePart.Gpsd, inputs => inputs.Follow(
                settings.Vehicle.Gpsd, (inputs.Vehicle is TwoSources two ? two.Satellites : (GpsdVehicle)inputs.Vehicle).Handle));
        }

        void Run(ServicePart part, Func<Inputs, Func<CancellationToken, Task>> feed) =>
            services.AddPart(part, provider => feed(provider.GetRequiredService<Inputs>()));
    }

    private Func<CancellationToken, Task> Listen(SubscriptionTarget place, MessageHandler ear) =>
        new TopicSubscriber(place, ear, _time, Random.Shared.NextDouble, _log.CreateLogger<TopicSubscriber>()).RunAsync;

    private Func<CancellationToken, Task> Follow(GpsdSettings gpsd, Func<GpsdReport, bool> hear) =>
        new GpsdListener(gpsd, hear, _time, _log.CreateLogger<GpsdListener>()).RunAsync;
}
