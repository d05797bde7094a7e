using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.Vehicle;

/// <summary>A vehicle that always goes at the same speed, or (null) never says how fast.</summary>
internal sealed class FixedSpeed(double? kmh) : IVehicle
{
    private readonly VehicleReading? _reading = kmh is null ? null : new VehicleReading(kmh);

    public VehicleReading? Read(TimeSpan at) => _reading;
}
