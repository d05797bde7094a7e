namespace DriverMonitor.Vehicle;

/// <summary>Chooses the vehicle that the settings name.</summary>
internal static class VehicleSources
{
    /// <summary>The source; what feeds it from the network is the wiring's part.</summary>
    /// <param name="keepsPosition">Whether the position may be known in this program at all.</param>
    public static IVehicle Open(VehicleSettings settings, TimeProvider time, bool keepsPosition) =>
        settings is { Gpsd.Host: not null, Mqtt.Enabled: true } ? new TwoSources(new MqttVehicle(time, keepsPosition), new GpsdVehicle(time, keepsPosition))
        : settings.Gpsd.Host is not null ? new GpsdVehicle(time, keepsPosition)
        : settings.Mqtt.Enabled ? new MqttVehicle(time, keepsPosition)
        : new FixedSpeed(settings.SpeedKmh);
}
