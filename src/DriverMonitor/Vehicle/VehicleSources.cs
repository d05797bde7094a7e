using DriverMonitor.Core.Privacy;

namespace DriverMonitor.Vehicle;

/// <summary>Chooses the vehicle that the settings name.</summary>
internal static class VehicleSources
{
    /// <summary>The source; what feeds it from the network is the wiring's part.</summary>
    /// <param name="discloses">The position is needed to tell it to the fleet, and known in this program only then.</param>
    public static IVehicle Open(VehicleSettings settings, TimeProvider time, DisclosurePolicy discloses)
    {
        var keepsPosition = discloses.Allows(Audience.Fleet, Disclosure.Position);
        return settings is { Gpsd.Host: not null, Mqtt.Enabled: true }
            ? new TwoSources(new MqttVehicle(time, keepsPosition), new GpsdVehicle(time, keepsPosition))
            : settings.Gpsd.Host is not null ? new GpsdVehicle(time, keepsPosition)
            : settings.Mqtt.Enabled ? new MqttVehicle(time, keepsPosition)
            : new FixedSpeed(settings.SpeedKmh);
    }

    public static MqttVehicle GatewayOf(IVehicle vehicle) => vehicle is TwoSources two ? two.Gateway : (MqttVehicle)vehicle;

    public static GpsdVehicle SatellitesOf(IVehicle vehicle) => vehicle is TwoSources two ? two.Satellites : (GpsdVehicle)vehicle;
}
