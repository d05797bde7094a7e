namespace DriverMonitor.Core.Signals;

/// <summary>What the vehicle says about itself.</summary>
/// <param name="SpeedKmh">Null when unknown, which is judged as faster than 50 km/h.</param>
/// <param name="SteeringDegrees">Of the wheel, + to the driver's right; null when unknown, which is judged as straight
/// ahead.</param>
/// <param name="IgnitionOn">Null when unknown, which is judged as on.</param>
/// <param name="SatelliteKmh">The speed by satellites, where they are a second source; null when unknown.</param>
/// <param name="Position">For the privacy level that lets it leave the vehicle; null at every other, and when unknown.</param>
/// <param name="Indicator">Which indicator blinks; null when unknown.</param>
/// <param name="WipersOn">The front wipers move; null when unknown.</param>
/// <param name="DoorOpen">The driver's door is open; null when unknown.</param>
public readonly record struct VehicleReading(
    double? SpeedKmh, double? SteeringDegrees = null, bool? IgnitionOn = null, GeoPosition? Position = null,
    double? SatelliteKmh = null, Indicator? Indicator = null, bool? WipersOn = null, bool? DoorOpen = null)
{
    /// <summary>Switched off and not rolling: a gateway that says "off" at 80 km/h, or at -20, is not believed.</summary>
    public bool IsOff => IgnitionOn == false && SpeedKmh is null or (>= 0 and < 1);
}

/// <summary>Where on earth, in degrees (WGS 84): latitude + north, longitude + east.</summary>
public readonly record struct GeoPosition(double LatitudeDegrees, double LongitudeDegrees);

/// <summary>Which direction indicator blinks; the hazard lights are <see cref="Off"/>.</summary>
public enum Indicator { Off, Left, Right }
