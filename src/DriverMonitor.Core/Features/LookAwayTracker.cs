using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>Where the driver looks: at the road or away, for how long this time, and how much of the last half minute.</summary>
internal sealed class LookAwayTracker(TrackingParameters settings)
{
    // Eyes shut for longer look neither at the road nor away from it.
    private static readonly TimeSpan LongerThanBlink = TimeSpan.FromSeconds(0.4);

    // Who looks at the road has open eyes: with low lids it takes four times as long to believe where the road is.
    private const double LowLidsTeach = 0.25;

    private const double BowedDegrees = 10;

    private readonly GlanceDetector _glances = new(settings.Road);
    private readonly VatsWindow _sharing = new(settings.Road);
    private readonly AttentionBuffer _attention = new(settings.Road);
    private bool? _counted;

    /// <summary>Where this driver's road is.</summary>
    public RoadAttentionTracker Road { get; } = new(settings.Road);

    /// <summary>Whether the last picture's driver looked at the road; null while it cannot be said.</summary>
    public bool? OnRoad { get; private set; }

    /// <summary>The gaze says so by itself, and where the road is for it is not known for long enough to be sure.</summary>
    public bool IsUnsure => OnRoad is false && Road.IsUnsettled;

    /// <summary>What is left of two seconds of attention.</summary>
    public TimeSpan AttentionLeft => _attention.Left;

    /// <summary>How long the glance under way has lasted.</summary>
    public TimeSpan AwayFor(TimeSpan at) => _glances.AwayFor(at);

    /// <summary>Time off the road in the last half minute.</summary>
    /// <param name="speaking">How long the last picture has been speaking.</param>
    public TimeSpan AwayInWindow(TimeSpan speaking) => _sharing.Away + (_counted is false ? speaking : TimeSpan.Zero);

    /// <summary>How far the head is turned from the road, in degrees, whichever way.</summary>
    public double? Aside(HeadPose? head) => head is { } held
        ? Math.Max(Math.Abs(held.YawDegrees - Road.NeutralYaw), Math.Abs(held.PitchDegrees - Road.NeutralPitch)) : null;

    /// <summary>How far the head is below the road, in degrees.</summary>
    public double? Below(HeadPose? head) => Road.NeutralPitch - head?.PitchDegrees;

    /// <summary>The head is bowed as for the lap.</summary>
    public bool IsBowed(HeadPose? head) => Below(head) >= BowedDegrees;

    /// <summary>Returns the glance that this picture ended.</summary>
    /// <param name="lasting">How long the picture before spoke.</param>
    public Glance? Update(
        TimeSpan at,
        in FaceReading face,
        in LidsSeen lids,
        double? speedKmh,
        double? steeringDegrees,
        Indicator? indicator,
        TimeSpan lasting)
    {
        var was = _counted;
        var glance = StepGlance(at, face, lids, speedKmh, steeringDegrees, lasting);
        var isMirrorCheck = face.Head is { } turned && AwayFor(at) <= MirrorChecks.Longest && MirrorChecks.IsOfIndicator(
            indicator, turned.YawDegrees - Road.NeutralYaw, turned.PitchDegrees - Road.NeutralPitch);
        // A mirror check under the indicator counts as neither.
        _counted = isMirrorCheck && OnRoad is false ? null : OnRoad;
        Count(at, lasting, was, _counted);
        return glance;
    }

    /// <summary>The driver is not seen.</summary>
    /// <inheritdoc cref="Update"/>
    public Glance? UpdateMissing(TimeSpan at, TimeSpan lasting)
    {
        Count(at, lasting, _counted, _counted);
        (OnRoad, _counted) = (null, null);
        Road.UpdateMissing();
        return _glances.UpdateMissing(at);
    }

    /// <summary>Time was interrupted: ends the glance under way and keeps what was learned and counted.</summary>
    public Glance? Interrupt()
    {
        Road.UpdateMissing();
        _counted = null;
        return _glances.Abort();
    }

    /// <summary>What was looked at while the vehicle stood is nobody's business.</summary>
    public void ResetGlances() => _sharing.Reset();

    /// <summary>The clock jumped; the person's own references stay.</summary>
    public void Reset()
    {
        _sharing.Reset();
        _attention.Reset();
        OnRoad = null;
    }

    /// <summary>
    /// Between two pictures of which one looks away the eyes moved at some moment: each gets half. With all of it given to
    /// the first, ten glances at ten pictures a second strayed by more than 0.2 s in sum. So what the last picture says is
    /// counted for good only when the next one has come.
    /// </summary>
    private void Count(TimeSpan at, TimeSpan counted, bool? was, bool? isNow)
    {
        var half = was is not null && isNow is not null && was != isNow ? counted / 2 : TimeSpan.Zero;
        _sharing.Step(at - half, counted - half, was);
        _attention.Step(counted - half, was);
        if (half == TimeSpan.Zero) return;
        _sharing.Step(at, half, isNow);
        _attention.Step(half, isNow);
    }

    private Glance? StepGlance(
        TimeSpan at, in FaceReading face, in LidsSeen lids, double? speedKmh, double? steeringDegrees, TimeSpan lasting)
    {
        // A blink hides the iris for a moment; lids that follow a lowered gaze do not.
        var areLidsLow = lids.Eyes.Openness < settings.Eyes.Half;
        var looksAtLap = areLidsLow && SeesLap(face, lids.Eyes);
        OnRoad = Road.Step(
            OfTrueGaze(face, lids.Eyes), areLidsLow && !lids.Eyes.LidsLowered, speedKmh, steeringDegrees,
            looksAtLap ? lasting * LowLidsTeach : lasting);

        var looksDown = lids.MayLookDown && lids.ShutFor >= settings.Eyes.Microsleep;
        if (looksDown || lids.ShutFor < LongerThanBlink && areLidsLow && SeesLap(face, lids.Eyes)) OnRoad = false;
        else if (lids.ShutFor >= LongerThanBlink && OnRoad is not null && !Road.IsHeadTurned)
        {
            OnRoad = null;
            return _glances.Abort(lids.ShutSince);
        }

        return OnRoad is { } onRoad && face.Head is { } head
            ? _glances.Step(
                at, onRoad, head.YawDegrees - Road.NeutralYaw, head.PitchDegrees - Road.NeutralPitch,
                looksDown ? lids.ShutSince : at)
            : _glances.UpdateMissing(at);
    }

    /// <summary>
    /// Irises that were drawn on a dark lens or a hand point nowhere. Head and eyes go up with a yawn, by 25 degrees: that is no
    /// look away.
    /// </summary>
    private FaceReading OfTrueGaze(in FaceReading face, in EyesState eyes) =>
        eyes is { IsHidden: true, Openness: null } || face.MouthOpen > settings.Mouth.WideOpen ? face with { Gaze = null } : face;

    /// <summary>Half-covered eyes in a lowered face see the lap and not the road, wherever the iris is drawn.</summary>
    private bool SeesLap(in FaceReading face, in EyesState eyes) =>
        eyes.LidsLowered || !(face.Gaze?.Quality >= settings.Road.LeastGazeQuality) && IsBowed(face.Head);
}
