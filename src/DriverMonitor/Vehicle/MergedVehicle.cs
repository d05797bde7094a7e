using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.Vehicle;

/// <summary>Two sources of the vehicle's own: what the first knows counts, and the second fills in the rest.</summary>
internal sealed class MergedVehicle(IVehicle first, IVehicle second) : IVehicle
{
    private VehicleReading _first;
    private VehicleReading _second;

    public VehicleReading? Read(TimeSpan at)
    {
        var (one, other) = (first.Read(at), second.Read(at));
        if (one is null && other is null) return null;
        (_first, _second) = (one ?? _first, other ?? _second);
        return _first with
        {
            SpeedKmh = _first.SpeedKmh ?? _second.SpeedKmh,
            SteeringDegrees = _first.SteeringDegrees ?? _second.SteeringDegrees,
            IgnitionOn = _first.IgnitionOn ?? _second.IgnitionOn,
            Position = _first.Position ?? _second.Position,
            Indicator = _first.Indicator ?? _second.Indicator,
            WipersOn = _first.WipersOn ?? _second.WipersOn,
            DoorOpen = _first.DoorOpen ?? _second.DoorOpen,
        };
    }
}
