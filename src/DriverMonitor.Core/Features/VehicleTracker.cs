using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>How the vehicle moves, as far as what it says can be believed.</summary>
internal sealed class VehicleTracker : IModalityTracker
{
    private readonly SpeedPlausibility _plausibility = new();
    private readonly VehicleMotionTracker _motion = new();
    private bool _knowsSpeed;

    public VehicleMotionTracker Motion => _motion;

    /// <summary>What the vehicle says of its speed is contradicted by another source or by the pictures.</summary>
    public bool IsSpeedDoubtful => _plausibility.IsDoubtful;

    /// <param name="reading">What it says; null for nothing new.</param>
    /// <param name="background">Share of the background that moved in the last second; null where that was not measured.</param>
    /// <param name="isOnRoad">The cab shakes as on a road: that speaks against a standstill as moving windows do.</param>
    /// <param name="isAtRest">Neither engine nor road for a minute: where nobody knows a speed, it is 0.</param>
    public void Add(TimeSpan at, VehicleReading? reading, double? background, bool isOnRoad = false, bool isAtRest = false)
    {
        if (reading is { } said) _knowsSpeed = said is { SpeedKmh: not null } or { SatelliteKmh: not null };
        if (isAtRest && !_knowsSpeed) reading = (reading ?? default) with { SpeedKmh = 0 };
        _plausibility.Step(at, reading, isOnRoad ? 1 : background);
        _motion.Step(at, reading, _plausibility.IsDoubtful);
    }

    public void Reset(TimeSpan before, TimeSpan at)
    {
        _plausibility.Reset();
        _motion.Reset();
        _knowsSpeed = false;
    }
}
