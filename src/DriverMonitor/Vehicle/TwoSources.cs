using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.Vehicle;

/// <summary>
/// The vehicle's own word and satellites at once: what the one claims the other can contradict. Which is right, the judgement
/// decides.
/// </summary>
/// <param name="gateway">Its bus, or a gateway that reads it.</param>
internal sealed class TwoSources(IVehicle gateway, IVehicle satellites) : IVehicle
{
    private VehicleReading _gateway;
    private VehicleReading _satellites;
    private TimeSpan _gatewayAt;

    public VehicleReading? Read(TimeSpan at)
    {
        var (one, other) = (gateway.Read(at), satellites.Read(at));
        if (one is null && other is null) return null;
        if (one is { } said) (_gateway, _gatewayAt) = (said, at);
        // Satellites speak every second: they must not keep a gateway's last "off" alive longer than its own silence would.
        else if (_gateway.IsOff && at - _gatewayAt > VehicleMotionTracker.OffHolds) _gateway = new(null);
        _satellites = other ?? _satellites;
        return _gateway with { SatelliteKmh = _satellites.SpeedKmh, Position = _satellites.Position ?? _gateway.Position };
    }
}
