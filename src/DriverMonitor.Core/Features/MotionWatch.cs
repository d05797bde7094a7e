using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>How the vehicle moves, as far as it says. An unknown speed is judged as faster than 50 km/h.</summary>
public sealed class MotionWatch
{
    // gpsd jitters at a standstill.
    private const double StandingKmh = 1;
    private static readonly TimeSpan ParkedAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(10);

    private double? _speed;
    private TimeSpan _saidAt;
    private TimeSpan? _standingSince;

    /// <summary>Speed in km/h, or null when unknown or said too long ago.</summary>
    public double? SpeedKmh { get; private set; }

    /// <summary>Standing still, known for sure, for five seconds.</summary>
    public bool IsParked { get; private set; }

    public void Step(TimeSpan at, VehicleReading? vehicle)
    {
        if (vehicle is { } said) (_speed, _saidAt) = (said.SpeedKmh is >= 0 and < 1000 ? said.SpeedKmh : null, at);
        SpeedKmh = at - _saidAt <= Stale ? _speed : null;
        _standingSince = SpeedKmh < StandingKmh ? _standingSince ?? at : null;
        IsParked = at - _standingSince >= ParkedAfter;
    }

    /// <summary>After a jump of the clock nobody knows for how long it has stood.</summary>
    public void Forget() => (_speed, _standingSince, SpeedKmh, IsParked) = (null, null, null, false);
}
