namespace DriverMonitor.Core.Signals;

/// <summary>What the vehicle says about itself.</summary>
/// <param name="SpeedKmh">Null when unknown, which is judged as faster than 50 km/h.</param>
/// <param name="SteeringDegrees">Of the wheel, + to the driver's right; null when unknown, which is judged as straight ahead.</param>
public readonly record struct VehicleReading(double? SpeedKmh, double? SteeringDegrees = null);
