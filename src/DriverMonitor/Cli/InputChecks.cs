using System.Globalization;
using DriverMonitor.Configuration;
using DriverMonitor.HeartRate;
using DriverMonitor.Monitoring;
using DriverMonitor.Mqtt;
using DriverMonitor.Vehicle;
using DriverMonitor.Vehicle.Can;

namespace DriverMonitor.Cli;

/// <summary>What <c>check</c> says of the sources beside the camera.</summary>
internal static class InputChecks
{
    public static async Task<IReadOnlyList<CheckLine>> LinesAsync(
        MonitorOptions settings,
        TimeProvider time,
        CancellationToken stop
    ) => [await HeartAsync(settings, time, stop), .. await VehiclesAsync(settings, time, stop)];

    private static async Task<IReadOnlyList<CheckLine>> VehiclesAsync(
        MonitorOptions settings, TimeProvider time, CancellationToken stop) =>
        settings.Vehicle switch
        {
            { Can.IsUsed: true } =>
            [
                await CanAsync(settings.Vehicle.Can, time, stop),
                .. settings.Vehicle is { Gpsd.Host: null, Nmea.Port: null, Mqtt.Enabled: false }
                    ? [] : await VehiclesAsync(settings with { Vehicle = settings.Vehicle with { Can = new() } }, time, stop),
            ],
            { Nmea.Port: not null } =>
            [
                NmeaCheck(settings.Vehicle.Nmea),
                .. settings.Vehicle.Mqtt.Enabled
                    ? await VehiclesAsync(settings with { Vehicle = settings.Vehicle with { Nmea = new() } }, time, stop) : [],
            ],
            { Gpsd.Host: not null, Mqtt.Enabled: true } =>
            [
                await GpsdProbe.CheckAsync(settings.Vehicle.Gpsd, time, stop),
                await VehicleAsync(settings with { Vehicle = settings.Vehicle with { Gpsd = new() } }, time, stop),
            ],
            _ => [await VehicleAsync(settings, time, stop)],
        };

    private static CheckLine NmeaCheck(NmeaSettings settings) => File.Exists(settings.Port)
        ? new("nmea", Ok: true, $"{settings.Port} is there; the service says in its log when a receiver speaks at it")
        : new("nmea", Ok: false, $"there is no port {settings.Port}; is the receiver plugged in?");

    private static async Task<CheckLine> CanAsync(CanSettings settings, TimeProvider time, CancellationToken stop)
    {
        try
        {
            return await CanProbe.CheckAsync(settings, time, stop);
        }
        catch (ConfigurationException e)
        {
            return new("can", Ok: false, e.Message);
        }
    }

    private static async Task<CheckLine> HeartAsync(MonitorOptions settings, TimeProvider time, CancellationToken stop) =>
        !settings.HeartRate.Mqtt.Enabled
            ? HeartSources.Check(settings.HeartRate, time, stop)
            : await GatewayAsync(
                "heart", settings.HeartRate.Mqtt, settings, new MqttHeart(settings.Judgement.Heart, time).Handle, time, stop);

    private static async Task<CheckLine> VehicleAsync(MonitorOptions settings, TimeProvider time, CancellationToken stop) =>
        settings.Vehicle.Gpsd.Host is not null ? await GpsdProbe.CheckAsync(settings.Vehicle.Gpsd, time, stop)
        : settings.Vehicle.Mqtt.Enabled
            ? await GatewayAsync(
                "vehicle", settings.Vehicle.Mqtt, settings, new MqttVehicle(time, keepsPosition: false).Handle, time, stop)
        : settings.Vehicle.SpeedKmh is { } always
            ? new(
                "vehicle",
                Ok: true,
                string.Create(
                    CultureInfo.InvariantCulture, $"always {always:0.#} km/h (Vehicle:SpeedKmh): for a bench, not for the road"))
        : new(
            "vehicle",
            Ok: true,
            "none configured (Vehicle:Can, Vehicle:Gpsd, Vehicle:Nmea, Vehicle:Mqtt); judged as faster than 50 km/h, also when it stands");

    private static async Task<CheckLine> GatewayAsync(
        string part,
        GatewaySettings gateway,
        MonitorOptions settings,
        MessageHandler ear,
        TimeProvider time,
        CancellationToken stop)
    {
        try
        {
            return await TopicProbe.CheckAsync(part, SubscriptionTarget.Of(part, gateway, settings.Mqtt), ear, time, stop);
        }
        catch (ConfigurationException e)
        {
            return new(part, Ok: false, e.Message);
        }
    }
}
