using DriverMonitor.Configuration;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Hosting;
using DriverMonitor.Vehicle.Can;

namespace DriverMonitor.Vehicle;

/// <summary>The sources that the settings name, joined to one vehicle; what feeds them is the wiring's part.</summary>
/// <param name="Vehicle">All of them.</param>
internal sealed record VehicleSources(
    IVehicle Vehicle, CanVehicle? Bus = null, MqttVehicle? Gateway = null, GpsdVehicle? Satellites = null)
{
    /// <param name="discloses">The position is needed to tell it to the fleet, and known in this program only then.</param>
    /// <exception cref="ConfigurationException">The bus's database cannot be used.</exception>
    public static VehicleSources Open(VehicleSettings settings, TimeProvider time, DisclosurePolicy discloses)
    {
        var keepsPosition = discloses.Allows(Audience.Fleet, Disclosure.Position);
        var bus = settings.Can.IsUsed ? new CanVehicle(CanSignals.Of(settings.Can), time) : null;
        var gateway = settings.Mqtt.Enabled ? new MqttVehicle(time, keepsPosition) : null;
        var satellites = settings.Gpsd.Host is not null ? new GpsdVehicle(time, keepsPosition) : null;
        IVehicle? own = bus is not null && gateway is not null ? new MergedVehicle(bus, gateway) : bus is null ? gateway : bus;
        var vehicle = own is not null && satellites is not null ? new TwoSources(own, satellites)
            : own ?? satellites ?? (IVehicle)new FixedSpeed(settings.SpeedKmh);
        return new(vehicle, bus, gateway, satellites);
    }
}
