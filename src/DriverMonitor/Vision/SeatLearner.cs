using DriverMonitor.Core.Signals;

namespace DriverMonitor.Vision;

/// <summary>
/// Learns on which side of the picture the driver sits, where the settings leave it open: a face that is alone while the vehicle
/// moves drives it, and of two faces the one that looks into the bends. Until then nobody is left out.
/// </summary>
internal sealed class SeatLearner
{
    private const double MovesFromKmh = 10;

    /// <summary>A vehicle that says nothing of its speed may stand while a passenger waits in it alone.</summary>
    private const double UnknownSpeedWeight = 0.2;

    // A bend is one from 30 degrees of the wheel (openpilot, driver monitoring policy). Heads go into it by 5 to 20 degrees.
    private const double SteersFrom = 30, StraightBelow = 10, LooksIntoBends = 4;

    private static readonly TimeSpan AloneEnough = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BendsEnough = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(0.2);

    private readonly Head _one = new();
    private readonly Head _other = new();
    private TimeSpan _alone;
    private TimeSpan _bends;
    private TimeSpan? _at;
    private bool _wereTwo;

    /// <summary>The driver's place in shares of the picture's width; null until it is known.</summary>
    public double? Place { get; private set; }

    /// <summary>One face was in the whole picture.</summary>
    /// <param name="place">In shares of the picture's width.</param>
    public void UpdateAlone(TimeSpan at, double place, VehicleReading? vehicle)
    {
        var passed = Passed(at);
        if (_wereTwo) ResetHeads();
        if (Place is not null) return;
        _alone += passed * (vehicle?.SpeedKmh is not { } speed ? UnknownSpeedWeight : speed >= MovesFromKmh ? 1 : 0);
        if (_alone >= AloneEnough) Place = place;
    }

    /// <summary>Two faces were in the picture, each with its place and the yaw of its head in degrees.</summary>
    public void UpdateBoth(
        TimeSpan at, (double Place, double? Yaw) one, (double Place, double? Yaw) other, VehicleReading? vehicle)
    {
        var passed = Passed(at);
        (_alone, _wereTwo) = (TimeSpan.Zero, true);
        if (Place is not null || vehicle?.SteeringDegrees is not { } steering) return;
        if (one.Yaw is not { } yaw || other.Yaw is not { } otherYaw) return;
        _one.Update(yaw, steering, passed);
        _other.Update(otherYaw, steering, passed);
        if (Math.Abs(steering) >= SteersFrom) _bends += passed;
        if (_bends < BendsEnough) return;
        var (first, second) = (_one.IntoBends, _other.IntoBends);
        if (Math.Max(first, second) < LooksIntoBends || Math.Abs(first - second) < LooksIntoBends) return;
        Place = first > second ? one.Place : other.Place;
    }

    /// <summary>Nobody was seen there for long: the camera or the people have moved.</summary>
    public void Reset()
    {
        (Place, _alone, _at) = (null, TimeSpan.Zero, null);
        ResetHeads();
    }

    private void ResetHeads()
    {
        (_bends, _wereTwo) = (TimeSpan.Zero, false);
        _one.Reset();
        _other.Reset();
    }

    private TimeSpan Passed(TimeSpan at)
    {
        var passed = at - _at ?? TimeSpan.Zero;
        _at = at;
        return passed < TimeSpan.Zero ? TimeSpan.Zero : passed > LongestStep ? LongestStep : passed;
    }

    /// <summary>How far a head turns into bends, against where it is on straight roads.</summary>
    private sealed class Head
    {
        private static readonly TimeSpan Memory = TimeSpan.FromSeconds(20);

        private double? _straight;
        private double _turned;
        private double _seconds;

        /// <summary>Mean degrees towards the inner side of a bend.</summary>
        public double IntoBends => _seconds > 0 ? _turned / _seconds : 0;

        public void Update(double yaw, double steering, TimeSpan passed)
        {
            if (Math.Abs(steering) < StraightBelow)
                _straight = _straight is { } mean ? mean + (yaw - mean) * Math.Min(1, passed / Memory) : yaw;
            if (Math.Abs(steering) < SteersFrom || _straight is not { } usual) return;
            _turned += (yaw - usual) * Math.Sign(steering) * passed.TotalSeconds;
            _seconds += passed.TotalSeconds;
        }

        public void Reset() => (_straight, _turned, _seconds) = (null, 0, 0);
    }
}
