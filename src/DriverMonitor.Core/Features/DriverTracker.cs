using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>What one picture, or the lack of one, ended.</summary>
public readonly record struct CompletedEvents(Closure? Closure, YawnSeen? Yawn, NodSeen? Nod, Glance? Glance);

/// <summary>Every machine that reads the driver's face, fed in order: eyes, mouth, head, road.</summary>
public sealed class DriverTracker(TrackingParameters settings, KnownEyes known = default)
{
    // Eyes shut for longer look neither at the road nor away from it.
    private static readonly TimeSpan LongerThanBlink = TimeSpan.FromSeconds(0.4);

    // Who looks at the road has open eyes: with low lids it takes four times as long to believe where the road is.
    private const double LowLidsTeach = 0.25;

    private const double BowedDegrees = 10;

    // A head that turns changes what its eyes look like.
    private const double AheadDegrees = 20;

    private readonly EyeOpennessTracker _eyes = new(settings.Eyes, known.LeftOpen, known.RightOpen);
    private readonly LidFilter _lids = new();
    private readonly ClosureDetector _closures = new(settings.Eyes);
    private readonly ShallowBlinkDetector _dips = new(settings.Eyes);
    private readonly LidDropTracker _drop = new();
    private readonly LookDownDoubt _lookDown = new();
    private readonly RivalEyesTracker _rivals = new(settings.Eyes);
    private readonly YawnDetector _yawns = new(settings.Mouth);
    private readonly NodDetector _nods = new(settings.Head);
    private readonly RoadAttentionTracker _road = new(settings.Road);
    private readonly GlanceDetector _glances = new(settings.Road);
    private readonly VatsWindow _sharing = new(settings.Road);
    private readonly AttentionBuffer _attention = new(settings.Road);

    private TimeSpan _at;
    private TimeSpan? _pictureAt;
    private TimeSpan _countedUntil;
    private double? _countedClosure;
    private bool _headDropped;
    private bool _isMirrorCheck;

    /// <summary>Both eyes of the last picture.</summary>
    public EyesState Eyes { get; private set; }

    /// <summary>Whether the last picture's driver looked at the road; null while it cannot be said.</summary>
    public bool? OnRoad { get; private set; }

    /// <summary>
    /// How far the head is turned from this driver's road, in degrees, whichever way; null while it cannot be said.
    /// </summary>
    public double? HeadAside { get; private set; }

    /// <summary>Head yaw, in degrees, of this driver looking at the road as far as it is known; 0 before.</summary>
    public double RoadYaw => _road.NeutralYaw;

    /// <summary>The last picture showed the driver's face.</summary>
    public bool IsFaceSeen { get; private set; }

    /// <summary>Open apertures worth keeping for the next drive.</summary>
    public (double? Left, double? Right) OpenApertures => (_eyes.Left.ToKeep, _eyes.Right.ToKeep);

    public PerclosWindow Perclos60 { get; } = new(60, settings.Eyes);
    public PerclosWindow Perclos180 { get; } = new(180, settings.Eyes);
    public BlinkStatistics Blinks { get; } = new(settings.Eyes.FewestBlinks);

    /// <summary>The closure under way: how long the eyes have been shut.</summary>
    public TimeSpan ShutFor => _closures.ShutFor(_at);

    /// <summary>Eyes that are shut by all appearances may look down: too much speaks for it to call it sleep.</summary>
    public bool MayLookDown => _lookDown.IsDoubtful;

    /// <summary>How long the lids have been down in light that hides how far; zero in good light.</summary>
    public TimeSpan DroppedFor => _drop.For(_at);

    /// <summary>How long somebody's eyes have been shut who may be the driver; zero where it is known who drives.</summary>
    public TimeSpan RivalShutFor => _rivals.ShutFor(_at);

    /// <summary>Nobody's eyes can be judged who may be the driver.</summary>
    public bool AreEyesUnseen => Eyes.Openness is null && (IsFaceSeen || !_rivals.AreSeen);

    /// <summary>The glance under way: how long the driver has looked away.</summary>
    public TimeSpan AwayFor => _glances.AwayFor(_at);

    /// <summary>
    /// Time off the road in the last half minute, over all glances and as far as the last picture still speaks.
    /// </summary>
    public TimeSpan AwayInWindow =>
        _sharing.Away + (CountedRoad is false && _pictureAt is not null ? Speaking(_at) : TimeSpan.Zero);

    /// <summary>The gaze says so by itself, and where the road is for it is not known for long enough to be sure.</summary>
    public bool IsLookAwayUnsure => OnRoad is false && _road.IsUnsettled;

    /// <summary>The phone in the driver's hand, where a detector looks for one.</summary>
    public PhoneUseTracker Phone { get; } = new(settings.PhoneFrom, settings.Mouth.WideOpen);

    /// <summary>What is left of two seconds of attention.</summary>
    public TimeSpan AttentionLeft => _attention.Left;

    /// <summary>A picture with the driver's face.</summary>
    /// <param name="isParked">Lids tell nothing of sleepiness in a vehicle that stands: that time counts as not seen.</param>
    /// <param name="atRest">This person's face at rest, which a smile is read against.</param>
    /// <param name="indicator">Which one blinks: a short look to its side is asked of a driver, and spends no attention.</param>
    public CompletedEvents Update(
        TimeSpan at,
        in FaceReading seen,
        double? speedKmh,
        bool isParked = false,
        double? steeringDegrees = null,
        FaceShape? atRest = null,
        Indicator? indicator = null)
    {
        var face = _lids.Update(at, OfSeeingEyes(Plausible.Of(seen)), Eyes.IsDim);
        Advance(at);
        if (seen.RivalEye is { } rival) _rivals.Update(at, rival);
        else _rivals.Reset();
        var (lasting, wasOnRoad) = (Speaking(at), _pictureAt is null ? null : CountedRoad);
        Eyes = _eyes.Step(face, _road, lasting);
        HeadAside = face.Head is { } head
            ? Math.Max(Math.Abs(head.YawDegrees - _road.NeutralYaw), Math.Abs(head.PitchDegrees - _road.NeutralPitch)) : null;
        var closure = StepLids(at, lasting, isParked);
        UpdateDoubt(at, face);
        var glance = StepGlance(at, face, speedKmh, steeringDegrees, lasting);
        _isMirrorCheck = face.Head is { } turned && AwayFor <= MirrorChecks.Longest && MirrorChecks.IsOfIndicator(
            indicator, turned.YawDegrees - _road.NeutralYaw, turned.PitchDegrees - _road.NeutralPitch);
        CountRoad(at, lasting, wasOnRoad, CountedRoad);
        var nod = face.Head is { } pose
            ? _nods.Step(at, _road.NeutralPitch - pose.PitchDegrees, Eyes.LidsLowered ? null : Eyes.Closure)
            : null;
        _headDropped = _nods.HasDropped(at);

        Phone.Step(at, face, OnRoad is false || MayLookDown || _road.NeutralPitch - face.Head?.PitchDegrees >= BowedDegrees);

        (_pictureAt, _countedUntil, IsFaceSeen) = (at, at, true);
        _countedClosure = Eyes.LidsLowered || MayLookDown || isParked ? null : Eyes.Closure;
        return new(closure, _yawns.Step(at, face.MouthOpen, Eyes.Closure, Smile(face, atRest)), nod, glance);
    }

    /// <summary>A picture without the driver, or no picture.</summary>
    public CompletedEvents UpdateMissing(TimeSpan at)
    {
        Advance(at);
        CountRoad(at, Speaking(at), CountedRoad, CountedRoad);
        _isMirrorCheck = false;
        (_pictureAt, Eyes, OnRoad, IsFaceSeen) = (null, default, null, false);
        _road.UpdateMissing();
        _rivals.UpdateMissing(at);
        UpdateMissingLids();
        var closure = OfSleep(_closures.UpdateMissing(at, _headDropped));
        if (!_closures.IsUnderWay) _lookDown.Reset();
        return new(closure, _yawns.Step(at, null, null), null, _glances.UpdateMissing(at));
    }

    /// <summary>A picture with two faces of which either may be the driver's.</summary>
    public CompletedEvents UpdateAmbiguous(TimeSpan at, in FaceReading both)
    {
        var ended = UpdateMissing(at);
        _rivals.Update(at, Plausible.Of(both));
        return ended;
    }

    /// <summary>Time passed and no picture came with it; a picture that is too old no longer speaks.</summary>
    public CompletedEvents Wait(TimeSpan at)
    {
        if (!(at - _pictureAt <= settings.Eyes.UnseenPatience)) return UpdateMissing(at);
        Advance(at);
        return default;
    }

    /// <summary>What was looked at while the vehicle stood is nobody's business.</summary>
    public void ResetGlances() => _sharing.Reset();

    /// <summary>Time was interrupted: ends what was going on and keeps what was learned and counted.</summary>
    public CompletedEvents Interrupt()
    {
        UpdateMissingLids();
        _rivals.Reset();
        _yawns.Reset();
        _nods.Reset();
        Phone.Reset();
        _road.UpdateMissing();
        (_pictureAt, _countedClosure) = (null, null);
        var closure = OfSleep(_closures.Abort());
        _lookDown.Reset();
        return new(closure, null, null, _glances.Abort());
    }

    /// <summary>The clock jumped: no window compares with what comes. The person's own references stay.</summary>
    public CompletedEvents Reset(TimeSpan at)
    {
        var ended = Interrupt();
        Perclos60.Reset();
        Perclos180.Reset();
        Blinks.Reset();
        _sharing.Reset();
        _attention.Reset();
        (_at, Eyes, OnRoad, IsFaceSeen) = (at, default, null, false);
        return ended;
    }

    /// <summary>
    /// Moves every window of the eyes to now and counts what the last picture said, for as long as a picture speaks.
    /// </summary>
    private void Advance(TimeSpan at)
    {
        var counted = TimeSpan.Zero;
        if (_pictureAt is { } picture)
        {
            var until = Min(at, picture + settings.Frames.LongestSpeaking);
            if (until > _countedUntil) counted = until - _countedUntil;
        }

        if (_countedClosure is { } closure && counted > TimeSpan.Zero)
        {
            Perclos60.Add(_countedUntil, counted, closure);
            Perclos180.Add(_countedUntil, counted, closure);
        }

        Perclos60.Step(at);
        Perclos180.Step(at);
        Blinks.Step(at, _countedClosure is null ? TimeSpan.Zero : counted);
        _countedUntil += counted;
        _at = at;
    }

    /// <summary>As it counts over many glances: a mirror check under the indicator counts as neither.</summary>
    private bool? CountedRoad => _isMirrorCheck && OnRoad is false ? null : OnRoad;

    /// <summary>For how long of the time up to now the last picture speaks.</summary>
    private TimeSpan Speaking(TimeSpan at) => Min(at - _pictureAt ?? TimeSpan.Zero, settings.Frames.LongestSpeaking);

    /// <summary>
    /// Between two pictures of which one looks away the eyes moved at some moment: each gets half. With all of it given to
    /// the first, ten glances at ten pictures a second strayed by more than 0.2 s in sum. So what the last picture says is
    /// counted for good only when the next one has come.
    /// </summary>
    private void CountRoad(TimeSpan at, TimeSpan counted, bool? was, bool? isNow)
    {
        var half = was is not null && isNow is not null && was != isNow ? counted / 2 : TimeSpan.Zero;
        _sharing.Step(at - half, counted - half, was);
        _attention.Step(counted - half, was);
        if (half == TimeSpan.Zero) return;
        _sharing.Step(at, half, isNow);
        _attention.Step(half, isNow);
    }

    private FaceReading OfSeeingEyes(in FaceReading face) => known.Seeing switch
    {
        SeeingEye.PictureLeft => face with { RightEye = default },
        SeeingEye.PictureRight => face with { LeftEye = default },
        _ => face,
    };

    /// <summary>Against the person at rest; until that is known, as the second network sees it.</summary>
    private static double? Smile(in FaceReading face, FaceShape? atRest) =>
        face.Shape is { } now && atRest is { } rest ? ActionUnitMapper.Map(now, rest).Smiling : face.Blendshapes?.Smile;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private Glance? StepGlance(TimeSpan at, in FaceReading face, double? speedKmh, double? steeringDegrees, TimeSpan lasting)
    {
        // A blink hides the iris for a moment; lids that follow a lowered gaze do not.
        var areLidsLow = Eyes.Openness < settings.Eyes.Half;
        var lidsDown = areLidsLow && !Eyes.LidsLowered;
        // Irises that were drawn on a dark lens or a hand point nowhere.
        // Head and eyes go up with a yawn, by 25 degrees: that is no look away.
        var seen =
            Eyes is { IsHidden: true, Openness: null } || face.MouthOpen > settings.Mouth.WideOpen
                ? face with
                {
                    Gaze = null,
                }
                : face;
        OnRoad = _road.Step(
            seen, lidsDown, speedKmh, steeringDegrees, areLidsLow && IsBowed(face) ? lasting * LowLidsTeach : lasting);

        var looksDown = MayLookDown && ShutFor >= settings.Eyes.Microsleep;
        if (looksDown || areLidsLow && ShutFor < LongerThanBlink && IsBowed(face)) OnRoad = false;
        else if (ShutFor >= LongerThanBlink && OnRoad is not null && !_road.IsHeadTurned)
        {
            OnRoad = null;
            return _glances.Abort(_closures.StartedAt);
        }

        return OnRoad is { } onRoad && face.Head is { } head
            ? _glances.Step(
                at,
                onRoad,
                head.YawDegrees - _road.NeutralYaw,
                head.PitchDegrees - _road.NeutralPitch,
                looksDown ? _closures.StartedAt : at)
            : _glances.UpdateMissing(at);
    }

    /// <summary>Half-covered eyes in a lowered face see the lap and not the road, wherever the iris is drawn.</summary>
    private bool IsBowed(in FaceReading face) =>
        Eyes.LidsLowered
        || !(face.Gaze?.Quality >= settings.Road.LeastGazeQuality)
            && _road.NeutralPitch - face.Head?.PitchDegrees >= BowedDegrees;

    private void UpdateDoubt(TimeSpan at, in FaceReading face)
    {
        _lookDown.Update(
            at, _road.NeutralPitch - face.Head?.PitchDegrees, face.Head?.PitchDegrees,
            _closures.IsUnderWay ? _closures.StartedAt : null, _eyes.AreKnown);
        _lookDown.UpdateHands(at, face, _closures, Phone.IsHinted(at));
    }

    /// <summary>A long closure that may have been a look down is told as a look away alone.</summary>
    private Closure? OfSleep(Closure? ended) =>
        MayLookDown && ended?.Shut >= (_lookDown.IsReading ? settings.Eyes.LongBlink : settings.Eyes.Microsleep) ? null : ended;

    private Closure? StepLids(TimeSpan at, TimeSpan lasting, bool isParked)
    {
        var ended = Eyes.Openness is not { } openness ? _closures.UpdateMissing(at, _headDropped)
            : Eyes.LidsLowered ? _closures.UpdateLowered(at, openness)
            : _closures.Update(at, openness);
        ended = OfSleep(ended);
        if (Eyes is { Openness: { } seen, LidsLowered: false })
        {
            _drop.Update(at, seen, Eyes.IsDim, lasting);
            var dip =
                HeadAside <= AheadDegrees ? _dips.Update(at, seen, Eyes.Second, ended is not null, _closures.IsUnderWay) : null;
            ended ??= dip;
        }
        else
        {
            UpdateMissingLids();
        }

        if (ended is { } closure) Count(closure, isParked);
        if (!_closures.IsUnderWay) _eyes.ResetDeepest();
        return ended;
    }

    private void UpdateMissingLids()
    {
        _drop.UpdateMissing();
        _dips.UpdateMissing();
    }

    private void Count(in Closure closure, bool isParked)
    {
        if (closure.IsAborted || isParked) return;
        var isBlink = closure.Duration < settings.Eyes.LongestBlink;
        Blinks.Add(
            closure.EndedAt, isBlink && !closure.IsPartial ? closure.Duration : null, closure.Shut >= settings.Eyes.LongBlink);
        if (isBlink && !closure.IsPartial)
            _eyes.Blinked();
    }
}
