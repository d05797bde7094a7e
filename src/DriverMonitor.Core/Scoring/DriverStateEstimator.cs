using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Voice;

namespace DriverMonitor.Core.Scoring;

/// <summary>What is known at the end of a second, beside the driver's own watch.</summary>
internal readonly record struct Moment(
    DriverTracker Driver,
    VehicleMotionTracker Motion,
    Drowsiness Drowsiness,
    HeartFeatures Heart,
    SkinFeatures Skin,
    WallClock? Wall,
    SleepReading? Sleep,
    TimeSpan? ShiftLasted,
    VoiceFeatures Voice = default,
    double? Co2Ppm = null);

/// <summary>
/// One driver's states, second by second: fatigue, stress, anger, distraction and daydreams, each from its own formula, and
/// what is learned of the person meanwhile. Allocates nothing after construction.
/// </summary>
internal sealed class DriverStateEstimator
{
    private const double DaydreamFromKmh = 60;
    private static readonly TimeSpan Straight = TimeSpan.FromSeconds(2);

    // What a poor picture shows is a guess: below what any level needs.
    private const double DoubtfulCalibration = 0.3;

    private const double BodyMovesDegreesPerSecond = 60, SpeaksStrongly = 0.8;
    private static readonly TimeSpan LongerThanBlink = TimeSpan.FromSeconds(0.4);

    private readonly ScoringParameters _settings;
    private readonly FatigueAssessment _fatigue;
    private readonly StressAssessment _stress;
    private readonly AngerAssessment _anger;
    private readonly DistractionAssessment _distraction;
    private readonly DaydreamAssessment _daydream = new();
    private readonly ExertionGate _exertion;
    private readonly DriverBaselines _norms;
    private readonly FacialActivity _face;
    private readonly GazeDispersionWindow _gaze = new();
    private readonly MirrorChecks _mirrors = new();
    private readonly ShiftTracker _shift;
    private Modalities _allowed = Modalities.All;
    private readonly bool _heartSaysNothing;
    private bool _mayLearn;
    private bool _isDoubtful;

    public DriverStateEstimator(ScoringParameters settings, DriverProfile? profile = null)
    {
        _settings = settings;
        _fatigue = new(settings.Fatigue);
        _stress = new(settings.Stress);
        _anger = new(settings.Anger);
        _distraction = new(settings.Distraction);
        _exertion = new(settings.Stress);
        _norms = new(settings.Baseline, profile);
        _face = new(profile?.Neutral);
        _shift = new(profile?.Shifts ?? []);
        _heartSaysNothing = profile?.HeartSaysNothing ?? false;
        Scores = new()
        {
            FatigueWhy = _fatigue.Why, StressWhy = _stress.Why, AngerWhy = _anger.Why, DistractionWhy = _distraction.Why,
        };
    }

    /// <summary>As of the last second.</summary>
    public Scores Scores { get; }

    /// <summary>What may be kept of this driver, beside the eyes.</summary>
    public DriverProfile ToProfile() => _norms.ToProfile() with { Neutral = _face.Neutral, Shifts = _shift.ToRecords() };

    /// <summary>This person's face at rest; null until it was seen long enough.</summary>
    public FaceShape? Neutral => _face.Neutral;

    /// <summary>A picture with the driver's face, after the driver was watched.</summary>
    /// <param name="isGlaring">The sun is in the picture.</param>
    /// <param name="isDoubtful">The picture is too poor to call anybody fit by it, or tired.</param>
    public void Update(TimeSpan at, in FaceReading face, DriverTracker driver, bool isGlaring = false, bool isDoubtful = false)
    {
        _isDoubtful = isDoubtful;
        var angry = _face.Update(at, in face, driver, _norms.AngryLook.Scale.Median, isGlaring, _mayLearn && !isDoubtful);
        if (JudgesAnger) _anger.Observe(at, in angry);
        _gaze.Update(in face);
    }

    /// <summary>A closure has ended; what happens while parked is sleep as it should be.</summary>
    public void Record(in Closure closure)
    {
        if (closure.Shut >= _settings.Eyes.Microsleep) _shift.AddClosure();
        if (closure.Shut >= _settings.Eyes.Sleep) _fatigue.AddSleep(closure.EndedAt, closure.Shut);
        else if (closure.Shut >= _settings.Eyes.Microsleep) _fatigue.AddMicrosleep(closure.EndedAt, closure.Shut);
    }

    /// <summary>A glance has ended.</summary>
    public void Record(in Glance glance) => _mirrors.Update(in glance);

    /// <summary>The fatigue score at this very moment: eyes that are shut now outweigh what the last second said.</summary>
    public double FatigueNow(TimeSpan shut) =>
        Math.Max(
            Scores.Fatigue.P,
            shut >= _settings.Eyes.Sleep ? _settings.Fatigue.Sleep.P
                : shut >= _settings.Eyes.Microsleep ? _settings.Fatigue.Microsleep.P
                : 0);

    /// <summary>The distraction score at this very moment.</summary>
    public double DistractionNow(TimeSpan at, DriverTracker driver, VehicleMotionTracker motion) =>
        _distraction.P(Timers(at, driver, motion));

    /// <summary>Judges the second that ends at <paramref name="at"/>.</summary>
    public Scores Step(TimeSpan at, in Moment seen)
    {
        // Its figures are shown and not judged by.
        var now = _heartSaysNothing ? seen with { Heart = new() { Reason = HeartReason.NoLink } } : seen;
        if (now.Driver.Eyes.Openness is not null) _norms.CountFace();
        _face.HeardTalk = now.Voice.Talk;
        Scores.At = at;
        Scores.Heart = seen.Heart.Reason == HeartReason.NoLink ? null : seen.Heart;
        Scores.IsCold = _norms.FaceCalibration <= _settings.Baseline.ColdCalibration;
        Scores.Fatigue = Fatigue(at, in now);
        Scores.KssEquivalent = SleepinessScale.Equivalent(_settings.Fatigue, Scores.Fatigue.P);
        Scores.Stress = JudgesStress ? Stress(at, in now) : NotJudged;
        Scores.Anger = JudgesAnger ? Anger(at, in now) : NotJudged;
        Scores.Distraction = _distraction.Step(at, Timers(at, now.Driver, now.Motion), FaceCalibration);
        if (now.Voice.IsConversation) NoteConversation();
        Scores.Daydream = Daydream(at, in now);
        Scores.Mixed = MixedStates.Of(Known(Scores.Fatigue), Known(Scores.Stress), Known(Scores.Anger));
        Learn(at, in now);
        _shift.Second(Scores, now.Wall);
        return Scores;
    }

    /// <summary>What may be judged from now on; a state that may not be is forgotten.</summary>
    public void Allow(Modalities allowed)
    {
        _allowed = allowed;
        if ((allowed & Modalities.Heart) == 0) _norms.ResetHeart();
        if ((allowed & Modalities.Voice) == 0) _norms.ResetVoice();
        if (!JudgesStress) _stress.Reset();
        if (!JudgesAnger) _anger.Reset();
    }

    /// <summary>The clock jumped: the person stays known, what was judged does not stand any more.</summary>
    public void Reset()
    {
        _fatigue.Reset();
        _stress.Reset();
        _anger.Reset();
        _daydream.Reset();
        _mayLearn = false;
        // The last second's answer would raise at once what the jump has just ended.
        Scores.Reset();
    }

    private bool JudgesStress => _settings.JudgesStress && (_allowed & Modalities.Stress) != 0;

    private bool JudgesAnger => _settings.JudgesAnger && (_allowed & Modalities.Anger) != 0;

    private double FaceCalibration =>
        _isDoubtful ? Math.Min(DoubtfulCalibration, _norms.FaceCalibration) : _norms.FaceCalibration;

    /// <summary>A raised voice; where no emotion may be judged it is not even computed.</summary>
    private Cue VocalArousal(in Moment now) => JudgesStress || JudgesAnger ? _norms.Voice.Arousal(now.Voice) : default;

    /// <summary>What the lips do now.</summary>
    public LipMotion Lips(TimeSpan at) => _face.Lips(at);

    private void NoteConversation()
    {
        if (JudgesStress) _stress.Why.UpdateMissing("conversation", MissingReason.Conversation);
        if (JudgesAnger) _anger.Why.UpdateMissing("conversation", MissingReason.Conversation);
        _distraction.Why.UpdateMissing("conversation", MissingReason.Conversation);
    }

    private static StateScore NotJudged => new(0, 0, 0, 1, StateLevel.Unknown, MissingReason.NoConsent);

    private StateScore Fatigue(TimeSpan at, in Moment now)
    {
        if (!now.Motion.IsParked && !now.Driver.MayLookDown && now.Driver.ShutFor is var shut && shut >= _settings.Eyes.Sleep)
            _fatigue.AddSleep(at, shut);
        var cues = now.Drowsiness.Against(_norms.LnBlinkDuration, _norms.BlinkRate);
        cues[FatigueCue.HrvDrowsyZ] = Aged(_norms.Heart.Drowsiness(now.Heart), now.Heart);
        cues[FatigueCue.ThreeProcessKss] = FatiguePriors.TimeOfDay(_settings.Fatigue, now.Wall, now.Sleep);
        var score = _fatigue.Step(at, in cues, FaceCalibration, _norms.Voice.Slowing(now.Voice), now.Co2Ppm);
        return Honest(score, _settings.Fatigue.Watch.NeededConfidence);
    }

    /// <summary>"None" is a finding only where something could have been found: the unseen are never called fit.</summary>
    private static StateScore Honest(in StateScore score, double needed) =>
        score.Level == StateLevel.None && (score.Confidence <= 0 || score.Confidence < needed)
            ? score with
            {
                Level = StateLevel.Unknown,
            }
            : score;

    private StateScore Stress(TimeSpan at, in Moment now)
    {
        var exerted = _exertion.Step(at, now.Motion.SpeedKmh, now.Heart.KilojoulesPerMinute,
            _face.HeadMotion > BodyMovesDegreesPerSecond, _face.Speech(at) >= SpeaksStrongly);
        var cues = StressCues.Of(_norms.Heart, now.Heart, FaceStressCue(at, now.Drowsiness), _norms.Skin.Z(now.Skin)) with
        {
            Voice = VocalArousal(in now),
        };
        return Honest(_stress.Step(at, in cues, _norms.Heart.Calibration, exerted), _settings.Stress.Elevated.NeededConfidence);
    }

    private Cue FaceStressCue(TimeSpan at, in Drowsiness drowsiness)
    {
        if (_face.Recent(at) is not { } face)
            return Cue.Missing(_face.Neutral is null ? MissingReason.NoBaseline : MissingReason.NoFace);
        var blinks = _norms.BlinkRate.Z(drowsiness.BlinksPerMinute);
        return Cue.Of(FaceStress.Of(blinks.IsPresent ? blinks.Value!.Value : 0, face.Units.BrowLowering, face.Units.LipPressing,
            _norms.HeadMotion.Z(_face.HeadMotion)), face.Quality);
    }

    private StateScore Anger(TimeSpan at, in Moment now) =>
        Honest(_anger.Step(at, Aged(_norms.Heart.HeartRateZ(now.Heart), now.Heart), Known(Scores.Fatigue), FaceCalibration,
            VocalArousal(in now)), 0);

    private StateScore Daydream(TimeSpan at, in Moment now)
    {
        _gaze.Second(now.Motion.SpeedKmh > DaydreamFromKmh && !now.Motion.IsParked && now.Motion.SteeredFor(at) >= Straight);
        if (_gaze.Measure() is not { } minute) return _daydream.Step(at, null, Scores.Fatigue.P);
        return _daydream.Step(at, new DaydreamCues(
            _norms.GazeSpread.Z(Cue.Of(minute.Spread)), _norms.RoadCentre.Z(Cue.Of(minute.Centre)), _mirrors.AreRare(at) ?? false,
            _norms.BlinkRate.Z(now.Drowsiness.BlinksPerMinute)), Scores.Fatigue.P);
    }

    private AttentionTimers Timers(TimeSpan at, DriverTracker driver, VehicleMotionTracker motion)
    {
        var limit = _settings.Attention.SingleGlance(motion.SpeedKmh);
        return new(
            1 - driver.AttentionLeft / _settings.Road.AttentionBuffer,
            limit is { } longest ? Math.Min(1, driver.AwayFor / longest) : 0,
            limit is null ? 0 : Math.Min(1, driver.AwayInWindow / _settings.Attention.ManyGlances),
            driver.OnRoad is not null || driver.AwayFor > TimeSpan.Zero, motion.IsParked,
            limit is null ? 0
            : driver.Phone.IsLikely(at) ? 1
            : Math.Min(1, driver.Phone.SeenFor(at) / _settings.Attention.Phone));
    }

    /// <summary>Learning the illness as health is the one error that hides itself, so most seconds teach nothing.</summary>
    private void Learn(TimeSpan at, in Moment now)
    {
        var busy = now.Motion.IsParked || now.Driver.ShutFor >= LongerThanBlink || now.Driver.AwayFor > TimeSpan.Zero;
        var early = now.ShiftLasted is { } lasted && !PersonalBaseline.MayKeep(now.Wall?.Local - lasted, lasted);
        _mayLearn =
            !early && PersonalBaseline.MayLearn(_settings.Baseline, Scores.Fatigue.P, Known(Scores.Stress), busy, quality: 1);
        _norms.Heart.Learn(at, now.Heart, _mayLearn);
        if (_mayLearn) _norms.Skin.Learn(at, now.Skin);
        if (_mayLearn) _norms.Voice.Learn(at, now.Voice, withEffort: JudgesStress || JudgesAnger);
        if (!_mayLearn || _isDoubtful || !now.Driver.IsFaceSeen) return;

        _norms.Learn(_norms.LnBlinkDuration, at, now.Drowsiness.MeanLogBlinkDuration);
        _norms.Learn(_norms.BlinkRate, at, now.Drowsiness.BlinksPerMinute);
        _norms.Learn(_norms.HeadMotion, at, Cue.Of(_face.HeadMotion));
        if (_face.Speech(at) == 0) _norms.Learn(_norms.AngryLook, at, Cue.Of(_face.AngryLook));
        if (_gaze.Measure() is not { } minute) return;
        _mirrors.Learn(at);
        _norms.Learn(_norms.GazeSpread, at, Cue.Of(minute.Spread));
        _norms.Learn(_norms.RoadCentre, at, Cue.Of(minute.Centre));
    }

    /// <summary>A heart that has fallen silent is believed less and less.</summary>
    private Cue Aged(in Cue cue, in HeartFeatures heart) =>
        cue.Aged((heart.Silence ?? TimeSpan.Zero) - _settings.Heart.LinkLostAfter, HalfLives.Heart);

    private static double Known(in StateScore score) => score.Confidence > 0 ? score.P : 0;
}
