using DriverMonitor.Configuration;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Hosting;
using DriverMonitor.Vehicle.Can;

namespace DriverMonitor.Vehicle;

/// <summary>The sources that the settings name, joined to one vehicle; what feeds them is the wiring's part.</summary>
/// <param name="Vehicle">All of them.</param>
internal sealed record VehicleSources(
    IVehicle Vehicle, CanVehicle? Bus = null, MqttVehicle? Gateway = null, GpsdVehicle? Satellites = null,
    NmeaVehicle? Receiver = null)
{
    /// <param name="discloses">The position is needed to tell it to the fleet, and known in this program only then.</param>
    /// <param name="told">Told of the time that satellites say.</param>
    /// <exception cref="ConfigurationException">The bus's database cannot be used.</exception>
    public static VehicleSources Open(
        VehicleSettings settings, TimeProvider time, DisclosurePolicy discloses,
        Action<DateTimeOffset>? told = null)
    {
        var keepsPosition = discloses.Allows(Audience.Fleet, Disclosure.Position);
        var bus = settings.Can.IsUsed ? new CanVehicle(CanSignals.Of(settings.Can), time) : null;
        var gateway = settings.Mqtt.Enabled ? new MqttVehicle(time, keepsPosition) : null;
        var satellites = settings.Gpsd.Host is not null ? new GpsdVehicle(time, keepsPosition) : null;
        var receiver = settings.Nmea.Port is not null ? new NmeaVehicle(time, keepsPosition, told) : null;
        IVehicle? sky = satellites is null ? receiver : satellites;
        IVehicle? own = bus is not null && gateway is not null ? new MergedVehicle(bus, gateway) : bus is null ? gateway : bus;
        var vehicle = own is not null && sky is not null ? new TwoSources(own, sky)
            : own ?? sky ?? new FixedSpeed(settings.SpeedKmh);
        return new(vehicle, bus, gateway, satellites, receiver);
    }
}
