using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Vehicle;

/// <summary>Where the speed comes from.</summary>
internal sealed record VehicleSettings
{
    /// <summary>A fixed speed in km/h; null for unknown, which is judged as faster than 50 km/h.</summary>
    [Range(0.0, 500.0)] public double? SpeedKmh { get; init; }
}
