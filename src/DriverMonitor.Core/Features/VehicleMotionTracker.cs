using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>How the vehicle moves, as far as it says. An unknown speed is judged as faster than 50 km/h.</summary>
public sealed class VehicleMotionTracker
{
    // A receiver at a standstill jitters: who sleeps in a parked vehicle must not be woken by a satellite. u-blox states 0.05 m/s
    // for a good sky; of 0.6 +- 0.5 km/h between houses the mean of two seconds stays below 1.5, and of a crawling vehicle's 3
    // km/h above 2.
    private const double StandingKmh = 1;
    private const double JitterKmh = 2.5, StandingMeanKmh = 1.5, RollingMeanKmh = 2;
    private const double OffKmh = 5;
    private static readonly TimeSpan MeanOver = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ParkedAfter = TimeSpan.FromSeconds(5);
    // 3.5 m/s² and more, over a second: harder than anybody brakes for comfort. Judgement.
    private const double HardKmhPerSecond = 12.6, KmhOfMetrePerSecond = 3.6;
    /// <summary>The same as a sensor of the cab feels it, in g; bumps of the road do not last as long as its burst.</summary>
    private const double HardG = 0.36;

    /// <summary>Tyres hold no more; more is a sensor that fell.</summary>
    private const double MostG = 2;

    // From here on openpilot's driver monitoring takes the driver to look into a bend.
    private const double ManoeuvreDegrees = 30;
    private static readonly TimeSpan BrakingSpan = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(10);

    // A bend is over sooner than a speed.
    private static readonly TimeSpan StaleSteering = TimeSpan.FromSeconds(2);

    private double? _speed;
    private double? _steering;
    private Indicator? _indicator;
    private bool _wipersOn;
    private bool _doorOpen;
    private bool _isOff;
    private TimeSpan _saidAt;
    private TimeSpan? _standingSince;
    private double _mean;
    private TimeSpan _meanAt;
    private TimeSpan? _offSince;
    private (TimeSpan At, double Speed)? _before;
    private TimeSpan? _brakedAt;
    private TimeSpan? _movedHardAt;
    private TimeSpan? _steeredAt;

    /// <summary>
    /// How long a vehicle that said "off" and no more is believed. Its gateway falls asleep with it, and so may the driver: as
    /// long as a night's rest may last. Judgement.
    /// </summary>
    public static TimeSpan OffHolds { get; } = TimeSpan.FromHours(12);

    /// <summary>Speed in km/h, or null when unknown or said too long ago.</summary>
    public double? SpeedKmh { get; private set; }

    /// <summary>Angle of the steering wheel, + to the driver's right; null when unknown or said too long ago.</summary>
    public double? SteeringDegrees { get; private set; }

    /// <summary>Which indicator blinks; null when unknown or said too long ago.</summary>
    public Indicator? Indicator { get; private set; }

    /// <summary>The wipers move, as was said of late.</summary>
    public bool WipersOn { get; private set; }

    /// <summary>Standing still, known for sure, for five seconds; at once where the driver's door is open.</summary>
    public bool IsParked { get; private set; }

    /// <param name="vehicle">What it says; null for nothing new.</param>
    /// <param name="isDoubtful">What it says of its speed is contradicted, and counts as unknown.</param>
    public void Step(TimeSpan at, VehicleReading? vehicle, bool isDoubtful = false)
    {
        if (vehicle is { } said)
        {
            _isOff = said.IsOff;
            _speed = said.SpeedKmh is >= 0 and < 1000 ? said.SpeedKmh
                : _isOff ? 0
                : said.SatelliteKmh is >= 0 and < 1000 ? said.SatelliteKmh : null;
            _steering = said.SteeringDegrees is >= -2000 and <= 2000 ? said.SteeringDegrees : null;
            (_indicator, _wipersOn, _doorOpen) = (said.Indicator, said.WipersOn == true, said.DoorOpen == true);
            _saidAt = at;
        }

        SpeedKmh = !isDoubtful && at - _saidAt <= (_isOff ? OffHolds : Stale) ? _speed : null;
        var isFresh = at - _saidAt <= StaleSteering;
        SteeringDegrees = isFresh ? _steering : null;
        Indicator = isFresh ? _indicator : null;
        WipersOn = isFresh && _wipersOn;
        if (Math.Abs(SteeringDegrees ?? 0) > ManoeuvreDegrees) _steeredAt = at;
        FollowBraking(at);
        _standingSince = IsStill(at) ? _standingSince ?? at : null;
        var wasParked = IsParked;
        IsParked = at - _standingSince >= (isFresh && _doorOpen ? TimeSpan.Zero : ParkedAfter);
        if (wasParked && !IsParked) _offSince = at;
    }

    /// <summary>What a motion sensor feels across gravity, whatever the speed is said to be.</summary>
    /// <param name="g">In g.</param>
    public void AddHorizontal(TimeSpan at, double g)
    {
        if (g is >= HardG and <= MostG) (_movedHardAt, MovedHardBy) = (at, g);
    }

    /// <summary>How hard it braked when it last braked hard, in m/s².</summary>
    public double BrakedBy { get; private set; }

    /// <summary>How hard it was braked, accelerated or turned when that was last felt to be hard, in g.</summary>
    public double MovedHardBy { get; private set; }

    /// <summary>How long ago that was.</summary>
    public TimeSpan MovedHardFor(TimeSpan at) => at - _movedHardAt ?? TimeSpan.MaxValue;

    /// <summary>How long ago it braked hard.</summary>
    public TimeSpan BrakedFor(TimeSpan at) => at - _brakedAt ?? TimeSpan.MaxValue;

    /// <summary>
    /// How long ago the wheel was turned as in a bend, a turning or an evasion; long ago where nobody tells of it.
    /// </summary>
    public TimeSpan SteeredFor(TimeSpan at) => at - _steeredAt ?? TimeSpan.MaxValue;

    /// <summary>How long ago the vehicle moved off; what happened before does not count against the driver.</summary>
    public TimeSpan OffFor(TimeSpan at) => at - _offSince ?? TimeSpan.MaxValue;

    /// <summary>After a jump of the clock nobody knows for how long it has stood.</summary>
    public void Reset() =>
        (
            _isOff,
            _speed,
            _steering,
            _standingSince,
            _offSince,
            _before,
            _brakedAt,
            _movedHardAt,
            _steeredAt,
            SpeedKmh,
            SteeringDegrees,
            _indicator,
            Indicator,
            _wipersOn,
            WipersOn,
            _doorOpen,
            IsParked
        ) = (false, null, null, null, null, null, null, null, null, null, null, null, null, false, false, false, false);

    /// <summary>
    /// It begins with a reading that is none but a standing vehicle's, and ends with one that jitter cannot make, or with the
    /// mean.
    /// </summary>
    private bool IsStill(TimeSpan at)
    {
        if (SpeedKmh is not { } speed) return false;
        if (_standingSince is null) (_mean, _meanAt) = (speed, at);
        _mean += (speed - _mean) * (1 - Math.Exp(-Math.Max(0, (at - _meanAt).TotalSeconds) / MeanOver.TotalSeconds));
        _meanAt = at;
        return IsParked ? speed < OffKmh && _mean < RollingMeanKmh
            : _standingSince is null ? speed < StandingKmh
            : speed < JitterKmh && _mean < StandingMeanKmh;
    }

    private void FollowBraking(TimeSpan at)
    {
        if (SpeedKmh is not { } speed)
        {
            _before = null;
            return;
        }

        _before ??= (at, speed);
        var (since, from) = _before.Value;
        if (at - since < BrakingSpan) return;
        if (from - speed >= HardKmhPerSecond * (at - since).TotalSeconds)
            (_brakedAt, BrakedBy) = (at, (from - speed) / (at - since).TotalSeconds / KmhOfMetrePerSecond);
        _before = (at, speed);
    }
}
