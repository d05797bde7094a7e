using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>What one picture, or the lack of one, ended.</summary>
public readonly record struct CompletedEvents(Closure? Closure, YawnSeen? Yawn, NodSeen? Nod, Glance? Glance);

/// <summary>Every machine that reads the driver's face, fed in order: eyes, mouth, head, road.</summary>
public sealed class DriverTracker(TrackingParameters settings, KnownEyes known = default)
{
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
    private readonly LookAwayTracker _looks = new(settings);
    private readonly LidStatistics _statistics = new(settings.Eyes, settings.Frames.LongestSpeaking);

    private TimeSpan _at;
    private TimeSpan? _pictureAt;
    private bool _headDropped;

    /// <summary>Both eyes of the last picture.</summary>
    public EyesState Eyes { get; private set; }

    /// <summary>Whether the last picture's driver looked at the road; null while it cannot be said.</summary>
    public bool? OnRoad => _looks.OnRoad;

    /// <summary>
    /// How far the head is turned from this driver's road, in degrees, whichever way; null while it cannot be said.
    /// </summary>
    public double? HeadAside { get; private set; }

    /// <summary>Head yaw, in degrees, of this driver looking at the road as far as it is known; 0 before.</summary>
    public double RoadYaw => _looks.Road.NeutralYaw;

    /// <summary>The last picture showed the driver's face.</summary>
    public bool IsFaceSeen { get; private set; }

    /// <summary>Open apertures worth keeping for the next drive.</summary>
    public (double? Left, double? Right) OpenApertures => (_eyes.Left.ToKeep, _eyes.Right.ToKeep);

    public PerclosWindow Perclos60 => _statistics.Perclos60;
    public PerclosWindow Perclos180 => _statistics.Perclos180;
    public BlinkStatistics Blinks => _statistics.Blinks;

    /// <summary>The closure under way: how long the eyes have been shut.</summary>
    public TimeSpan ShutFor => _closures.ShutFor(_at);

    /// <summary>Eyes that are shut by all appearances may look down: too much speaks for it to call it sleep.</summary>
    public bool MayLookDown => _lookDown.IsDoubtful;

    /// <summary>How long the lids have been down in light, or behind lenses, that hide how far; zero elsewhere.</summary>
    public TimeSpan DroppedFor => _drop.For(_at);

    /// <summary>How long somebody's eyes have been shut who may be the driver; zero where it is known who drives.</summary>
    public TimeSpan RivalShutFor => _rivals.ShutFor(_at);

    /// <summary>Nobody's eyes can be judged who may be the driver.</summary>
    public bool AreEyesUnseen => Eyes.Openness is null && (IsFaceSeen || !_rivals.AreSeen);

    /// <summary>The glance under way: how long the driver has looked away.</summary>
    public TimeSpan AwayFor => _looks.AwayFor(_at);

    /// <summary>
    /// Time off the road in the last half minute, over all glances and as far as the last picture still speaks.
    /// </summary>
    public TimeSpan AwayInWindow => _looks.AwayInWindow(Speaking(_at));

    /// <summary>The gaze says so by itself, and where the road is for it is not known for long enough to be sure.</summary>
    public bool IsLookAwayUnsure => _looks.IsUnsure;

    /// <summary>The phone in the driver's hand, where a detector looks for one.</summary>
    public PhoneUseTracker Phone { get; } = new(settings.PhoneFrom, settings.Mouth.WideOpen);

    /// <summary>What is left of two seconds of attention.</summary>
    public TimeSpan AttentionLeft => _looks.AttentionLeft;

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
        var lasting = Speaking(at);
        Eyes = _eyes.Step(face, _looks.Road, lasting);
        HeadAside = _looks.Aside(face.Head);
        var closure = StepLids(at, lasting, isParked);
        UpdateDoubt(at, face);
        var glance = _looks.Update(
            at, face, new(Eyes, MayLookDown, ShutFor, _closures.StartedAt), speedKmh, steeringDegrees, indicator, lasting);
        var nod = _looks.Below(face.Head) is { } below
            ? _nods.Step(at, below, Eyes.LidsLowered ? null : Eyes.Closure)
            : null;
        _headDropped = _nods.HasDropped(at);

        Phone.Step(at, face, OnRoad is false || MayLookDown || _looks.IsBowed(face.Head));

        (_pictureAt, IsFaceSeen) = (at, true);
        _statistics.Update(at, Eyes.LidsLowered || MayLookDown || isParked ? null : Eyes.Closure);
        return new(closure, _yawns.Step(at, face.MouthOpen, Eyes.Closure, Smile(face, atRest)), nod, glance);
    }

    /// <summary>A picture without the driver, or no picture.</summary>
    public CompletedEvents UpdateMissing(TimeSpan at)
    {
        Advance(at);
        var glance = _looks.UpdateMissing(at, Speaking(at));
        (_pictureAt, Eyes, IsFaceSeen) = (null, default, false);
        _rivals.UpdateMissing(at);
        UpdateMissingLids();
        var closure = OfSleep(_closures.UpdateMissing(at, _headDropped));
        if (!_closures.IsUnderWay) _lookDown.Reset();
        return new(closure, _yawns.Step(at, null, null), null, glance);
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
    public void ResetGlances() => _looks.ResetGlances();

    /// <summary>Time was interrupted: ends what was going on and keeps what was learned and counted.</summary>
    public CompletedEvents Interrupt()
    {
        UpdateMissingLids();
        _rivals.Reset();
        _yawns.Reset();
        _nods.Reset();
        Phone.Reset();
        _statistics.Interrupt();
        _pictureAt = null;
        var closure = OfSleep(_closures.Abort());
        _lookDown.Reset();
        return new(closure, null, null, _looks.Interrupt());
    }

    /// <summary>The clock jumped: no window compares with what comes. The person's own references stay.</summary>
    public CompletedEvents Reset(TimeSpan at)
    {
        var ended = Interrupt();
        _statistics.Reset();
        _looks.Reset();
        (_at, Eyes, IsFaceSeen) = (at, default, false);
        return ended;
    }

    private void Advance(TimeSpan at)
    {
        _statistics.Advance(at, _pictureAt);
        _at = at;
    }

    /// <summary>For how long of the time up to now the last picture speaks.</summary>
    private TimeSpan Speaking(TimeSpan at) => Min(at - _pictureAt ?? TimeSpan.Zero, settings.Frames.LongestSpeaking);

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

    private void UpdateDoubt(TimeSpan at, in FaceReading face)
    {
        _lookDown.Update(
            at, _looks.Below(face.Head), face.Head?.PitchDegrees,
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
            _drop.Update(at, seen, Eyes.IsDim || Eyes.IsVeiled, lasting);
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
        if (_statistics.Count(closure)) _eyes.Blinked();
    }
}
