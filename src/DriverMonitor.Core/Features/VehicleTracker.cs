using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>How the vehicle moves, as far as what it says can be believed.</summary>
internal sealed class VehicleTracker : IModalityTracker
{
    private readonly SpeedPlausibility _plausibility = new();
    private readonly VehicleMotionTracker _motion = new();

    public VehicleMotionTracker Motion => _motion;

    /// <summary>What the vehicle says of its speed is contradicted by another source or by the pictures.</summary>
    public bool IsSpeedDoubtful => _plausibility.IsDoubtful;

    /// <param name="reading">What it says; null for nothing new.</param>
    /// <param name="background">Share of the background that moved in the last second; null where that was not measured.</param>
    public void Add(TimeSpan at, VehicleReading? reading, double? background)
    {
        _plausibility.Step(at, reading, background);
        _motion.Step(at, reading, _plausibility.IsDoubtful);
    }

    public void Reset(TimeSpan before, TimeSpan at)
    {
        _plausibility.Reset();
        _motion.Reset();
    }
}
