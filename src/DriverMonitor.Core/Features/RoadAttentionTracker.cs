using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>Whether the driver looks at the road: by the gaze where it can be trusted, by the head otherwise.</summary>
/// <remarks>
/// Nothing is said to be off the road before the driver has been seen looking ahead once. Until then a camera that
/// stands to the side would see every driver look away; after four seconds the side it sees has become the road. The
/// gaze has its say only after some seconds with the head ahead, because its neutral is nowhere near zero: 8 degrees up
/// in our clips, and as far to the side as the camera is.
/// </remarks>
public sealed class RoadAttentionTracker(RoadSettings settings)
{
    private static readonly TimeSpan SeenAhead = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan GazeKnown = TimeSpan.FromSeconds(3);

    // Until then its neutral may be off by ten degrees, and three look-aways in ninety seconds of clips were none.
    private static readonly TimeSpan GazeSettled = TimeSpan.FromSeconds(30);
    private const double UnsettledWider = 1.5;

    // A glance of three seconds in the first seconds must not become the road.
    private static readonly TimeSpan Credit = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan PitchKnown = TimeSpan.FromSeconds(60);

    // Slow and stationary driving is full of looking around.
    private const double SlowKmh = 20;
    private const double SlowWeight = 0.25;

    // Who steers looks into the bend: from 30 degrees of the wheel the road is wider on that side, by 0.15 of the wheel's
    // angle and 0.3927 rad at most (openpilot, driver monitoring policy).
    private const double SteersFrom = 30;
    private const double WiderPerDegree = 0.15;
    private const double WidestBend = 22.5;

    private readonly NeutralAngle _headYaw = new(16, Credit);
    private readonly NeutralAngle _headPitch = new(12, Credit);
    private readonly NeutralAngle _gazeYaw = new(12, TimeSpan.Zero);
    private readonly NeutralAngle _gazePitch = new(12, TimeSpan.Zero);
    private TimeSpan _ahead;
    private bool? _last;
    private double _bend;

    /// <summary>Head pitch, in degrees, of this driver looking at the road.</summary>
    public double NeutralPitch => _headPitch.Degrees;

    /// <summary>Gaze pitch of this driver looking at the road, in degrees; null until it is known.</summary>
    public double? NeutralGazePitch => _gazePitch.Learned >= GazeKnown ? _gazePitch.Degrees : null;

    /// <summary>Head yaw, in degrees, of this driver looking at the road.</summary>
    public double NeutralYaw => _headYaw.Degrees;

    /// <summary>Whether the head by itself is turned off the road.</summary>
    public bool IsHeadTurned { get; private set; }

    /// <summary>The last answer is the gaze's, with the head ahead, and its neutral is not known for long.</summary>
    public bool IsUnsettled { get; private set; }

    /// <summary>Null while it cannot be said.</summary>
    /// <param name="lidsDown">Half shut or more: the iris cannot be trusted, and the last answer stands.</param>
    /// <param name="steeringDegrees">Of the wheel, + to the driver's right; null is straight ahead.</param>
    public bool? Step(in FaceReading face, bool lidsDown, double? speedKmh, double? steeringDegrees, TimeSpan lasting)
    {
        _bend =
            Math.Abs(steeringDegrees ?? 0) > SteersFrom
                ? Math.Clamp(WiderPerDegree * steeringDegrees!.Value, -WidestBend, WidestBend)
                : 0;
        if (face.Head is not { } head)
            return _last = null;
        var gaze = face.Gaze is { } g && g.Quality >= settings.LeastGazeQuality && !lidsDown ? g : (Gaze?)null;

        Learn(head, gaze, speedKmh < SlowKmh ? lasting * SlowWeight : lasting);

        var headAhead = !(IsHeadTurned = IsHeadAway(head));
        if (headAhead) _ahead += lasting;
        IsUnsettled = headAhead && _gazeYaw.Learned < GazeSettled;
        var ahead = lidsDown && headAhead && _last is { } last ? last
            : gaze is { } seen && _gazeYaw.Learned >= GazeKnown ? IsGazeAhead(seen)
            : headAhead;
        return _last = ahead || _ahead >= SeenAhead ? ahead : null;
    }

    /// <summary>The face is not seen.</summary>
    public void UpdateMissing() => _last = null;

    private void Learn(HeadPose head, Gaze? gaze, TimeSpan lasting)
    {
        _headYaw.Learn(head.YawDegrees, lasting);
        _headPitch.Learn(head.PitchDegrees, lasting);
        if (gaze is not { } g || IsHeadAway(head)) return;
        _gazeYaw.Learn(g.YawDegrees, lasting);
        _gazePitch.Learn(g.PitchDegrees, lasting);
    }

    private bool IsGazeAhead(Gaze gaze)
    {
        var up = gaze.PitchDegrees - _gazePitch.Degrees;
        var wider = _gazeYaw.Learned < GazeSettled ? UnsettledWider : 1;
        return !IsAside(gaze.YawDegrees - _gazeYaw.Degrees, settings.GazeYaw * wider)
            && up >= -settings.GazeDown * wider && up <= settings.GazeUp * wider;
    }

    /// <summary>Beyond the limit on its side, the inner side of a bend being wider.</summary>
    private bool IsAside(double yaw, double limit) => yaw > limit + Math.Max(0, _bend) || yaw < -limit + Math.Min(0, _bend);

    private bool IsHeadAway(HeadPose head)
    {
        var down = _headPitch.Learned < PitchKnown ? settings.HeadDownUncalibrated : settings.HeadDown;
        return IsAside(head.YawDegrees - _headYaw.Degrees, settings.HeadYaw) || head.PitchDegrees - _headPitch.Degrees < -down;
    }
}
