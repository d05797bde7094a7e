using System.Numerics;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.SensorHealth;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core;

/// <summary>The whole judgement: observations in, outcomes out. Live, replay, demo and test all call the same Step.</summary>
/// <remarks>One thread owns it. A step allocates only when something happened that is worth an event.</remarks>
public sealed class MonitorPipeline
{
    private readonly MonitorSettings _settings;
    private readonly FrameClock _frames;
    private readonly FrameRate _rate = new();
    private readonly VehicleMotionTracker _motion = new();
    private readonly SpeedPlausibility _plausibility = new();
    private readonly SensorFaultDebounce _speed = new(StatusKind.SpeedDoubtful, TimeSpan.Zero);
    private readonly DrowsinessTracker _drowsiness = new();
    private readonly DriverIdentity _identity = new();
    private readonly SensorHealthMonitor _senses;
    private readonly PictureQualityMonitor _picture;
    private readonly AlertEngine _alarms;
    private readonly EventList _events = new();
    private readonly Seconds _seconds = new();
    private readonly HeartRecord? _record;
    private HeartRateAnalyzer _heart;
    private SkinConductanceAnalyzer _skin;
    private DriverTracker _driver;
    private DriverStateEstimator _scores;
    private (TimeSpan At, WallClock Clock)? _wall;
    private (TimeSpan At, SleepReading Said)? _sleep;
    private TimeSpan? _shiftAt;
    private bool _hasChangedDriver;
    private TimeOnTask _task;
    private TimeSpan? _now;
    private Modalities _allowed = Modalities.All;

    /// <param name="settings">Valid ones.</param>
    /// <param name="record">Keeps every beat for <see cref="Finish"/>: for replays.</param>
    /// <param name="profile">What earlier drives taught about the driver who is expected.</param>
    public MonitorPipeline(MonitorSettings settings, HeartRecord? record = null, DriverProfile? profile = null)
    {
        (_settings, _record, _task) = (settings, record, new(settings.Fatigue.Break));
        (_heart, _skin) = (new(settings.Heart), new(settings.Skin));
        _frames = new(settings.Frames);
        _driver = new(settings.Tracking(), profile?.Eyes() ?? default);
        _scores = new(settings.Scoring(), profile);
        _senses = new(settings.Frames);
        _picture = new(settings.Picture);
        _alarms = new(settings.Alerts);
    }

    /// <summary>Pictures dropped because they came twice or late.</summary>
    public long DroppedFrames => _frames.Duplicates + _frames.OutOfOrder;

    /// <summary>Heart packets dropped because they came minutes late.</summary>
    public long DroppedPackets { get; private set; }

    /// <summary>What the face says about drowsiness, as of the last step.</summary>
    public Drowsiness Drowsiness => _drowsiness.At(_now ?? default, _driver, _rate.PerSecond, _task.Elapsed(_now ?? default));

    /// <summary>Breaks that this driver took.</summary>
    public int Breaks => _task.Breaks;

    /// <summary>What the vehicle says of its speed is contradicted by another source or by the pictures.</summary>
    public bool IsSpeedDoubtful => _plausibility.IsDoubtful;

    /// <summary>Judges one observation; call it in the order of arrival.</summary>
    public Outcome Step(in Observation observation)
    {
        var now = TakeTime(observation.At, mayBeLate: observation is { Face: null } and ({ Heart: not null } or { Skin: not null }));
        Move(now, observation);
        if (observation.Wall is { } wall) _wall = (now, wall);
        if (observation.Allowed is { } allowed && allowed != _allowed) Allow(now, allowed);
        if (observation.Face is { } face && May(Modalities.Camera)) UpdateFace(now, observation.At, face);
        else Wait(now);
        if (observation.Skin is { } skin && May(Modalities.Heart)) _skin.Add(observation.At, skin);
        if (observation.Sleep is { } sleep) _sleep = (now, sleep);
        if (observation.Heart is { } packet && May(Modalities.Heart)) AddHeart(observation.At, packet);

        // Where the speed is unknown, somebody at the wheel is taken to drive.
        _task.Step(now, _motion.SpeedKmh is { } speed ? !_motion.IsParked && speed > 0 : _driver.IsFaceSeen);
        var scores = _seconds.Step(now) ? Score(now) : null;
        if (observation.Disputed) _alarms.Dispute(now, null, _events);
        if (observation.DisputedAlert is { } name) _alarms.Dispute(now, name, _events);
        if (observation.Acknowledged) _alarms.Acknowledge(now, _scores, _events);
        _alarms.Step(now, _driver, _motion, _scores, _events);
        return new(now, Measures(), _alarms.Standing, _events.Take(), scores);
    }

    /// <summary>What this drive and earlier ones taught about the driver; null once another driver may have taken the seat.</summary>
    public DriverProfile? Profile()
    {
        if (_hasChangedDriver) return null;
        var (left, right) = _driver.OpenApertures;
        var profile = _scores.ToProfile() with { LeftEyeOpen = left, RightEyeOpen = right };
        return May(Modalities.Heart) ? profile : profile with { Heart = null, SkinConductance = null, SkinResponses = null };
    }

    /// <summary>What can only be said when nothing more comes: the figures of the whole heart record.</summary>
    public Outcome Finish()
    {
        var now = _now ?? default;
        if (_record?.Summarise() is { } summary) _events.Add(new MonitorEvent.HeartTotal(now, summary));
        return new(now, Measures(), _alarms.Standing, _events.Take());
    }

    /// <summary>Time never runs backwards here; a clock that jumped has its past forgotten. A packet may have been long on its way.</summary>
    private TimeSpan TakeTime(TimeSpan at, bool mayBeLate)
    {
        if (_now is { } before && ((!mayBeLate && before - at > _settings.Frames.JumpBack) || at - before > _settings.Frames.JumpAhead)) Jump(before, at);
        _events.Begin(_now ?? at);
        _now = _now > at ? _now : at;
        return _now.Value;
    }

    private void Jump(TimeSpan before, TimeSpan at)
    {
        // What was under way ends without a line: it would point into a clock that is gone.
        _events.Begin(at);
        _driver.Reset(at);
        _drowsiness.Reset();
        _identity.Reset();
        _task.Jump(before, at);
        _frames.Reset();
        _rate.Reset();
        _motion.Reset();
        _plausibility.Reset();
        _senses.Reset();
        _picture.Reset();
        _seconds.Reset();
        _scores.Reset();
        (_wall, _shiftAt) = (null, null);
        (_heart, _skin) = (new(_settings.Heart), new(_settings.Skin));
        if (_sleep is { } sleep && at < before) _sleep = (at, Awake(before, sleep));
        _alarms.Reset(at, _events);
        _now = at;
        _events.Add(new MonitorEvent.Status(at, StatusKind.TimeJump));
    }

    private void Move(TimeSpan now, in Observation observation)
    {
        _plausibility.Step(now, observation.Vehicle, May(Modalities.Camera) ? observation.Face?.BackgroundMotion : null);
        _speed.Update(now, _plausibility.IsDoubtful, _events);
        _motion.Step(now, observation.Vehicle, _plausibility.IsDoubtful);
    }

    /// <summary>A packet that comes late takes its place among the beats; what was judged since stays judged.</summary>
    private void AddHeart(TimeSpan at, in HeartPacket packet)
    {
        if (!_heart.Add(at, packet)) DroppedPackets++;
        else _record?.Follow(_heart.Series);
    }

    private Scores Score(TimeSpan now)
    {
        var heart = _heart.Step(now);
        _senses.Heart(now, in heart, _events);
        var wall = Wall(now);
        if (wall is { Trusted: true }) _shiftAt ??= now;
        return _scores.Step(now, new(_driver, _motion, Drowsiness, heart, _skin.Step(now), wall, _sleep is { } sleep ? Awake(now, sleep) : null, now - _shiftAt));
    }

    private static SleepReading Awake(TimeSpan now, (TimeSpan At, SleepReading Said) sleep) =>
        sleep.Said with { Awake = sleep.Said.Awake + (now - sleep.At) };

    /// <summary>The time of day goes on between the moments in which somebody says it.</summary>
    private WallClock? Wall(TimeSpan now) => _wall is { } said ? said.Clock with { Local = said.Clock.Local + (now - said.At) } : null;

    private void UpdateFace(TimeSpan now, TimeSpan at, in FaceReading face)
    {
        if (face.Sight == Sight.NoFrame)
        {
            Report(now, _driver.Wait(now));
            _senses.NoPicture(now, _events);
            return;
        }

        if (face.Sight == Sight.Asleep)
        {
            Report(now, _driver.Interrupt());
            Report(now, _driver.UpdateMissing(now));
            _frames.Reset();
            _rate.Reset();
            _picture.Reset();
            _senses.Asleep(now, _events);
            return;
        }

        switch (_frames.Step(at))
        {
            case FrameTiming.Duplicate or FrameTiming.OutOfOrder:
                Wait(now);
                return;
            case FrameTiming.Interrupted:
                Report(now, _driver.Interrupt());
                _senses.Interrupted(now, _events);
                break;
        }

        _rate.Step(at);
        _picture.Step(now, face.Picture, _events);
        if (_picture.IsFrozen)
        {
            Report(now, _driver.Wait(now));
            _senses.Arrived(now, _events);
            return;
        }

        UpdateDriver(now, _picture.WithoutDoubtful(face));
    }

    private void UpdateDriver(TimeSpan now, in FaceReading face)
    {
        var isDriver = face.Sight == Sight.Driver && face.Presence >= _settings.Frames.FacePresence;
        if (isDriver && _identity.Update(now, face.TrackId, _motion.SpeedKmh)) ChangeDriver(now);
        Report(now, isDriver ? _driver.Update(now, face, _motion.SpeedKmh, _motion.IsParked, _motion.SteeringDegrees, _scores.Neutral) : _driver.UpdateMissing(now));
        if (isDriver) _scores.Update(now, face, _driver, _picture.IsGlaring, _picture.IsDoubtful(face));
        _senses.Picture(now, face, _driver, _rate.PerSecond, _picture.HidesFace, _events);
    }

    /// <summary>Nothing learned or counted of one person may be held against another.</summary>
    private void ChangeDriver(TimeSpan now)
    {
        Report(now, _driver.Interrupt());
        _alarms.Reset(now, _events);
        _drowsiness.Reset();
        (_driver, _task, _scores) = (new(_settings.Tracking()), new(_settings.Fatigue.Break), new(_settings.Scoring()));
        _scores.Allow(_allowed);
        (_shiftAt, _hasChangedDriver) = (null, true);
        (_heart, _skin, _sleep) = (new(_settings.Heart), new(_settings.Skin), null);
        _events.Add(new MonitorEvent.Status(now, StatusKind.DriverChanged));
    }

    private void Wait(TimeSpan now)
    {
        Report(now, _driver.Wait(now));
        if (May(Modalities.Camera)) _senses.Wait(now, _events);
    }

    // HasFlag would allocate until the runtime has optimised it.
    private bool May(Modalities modality) => (_allowed & modality) == modality;

    /// <summary>What is withdrawn leaves nothing behind in memory; a sense that is switched off is not a broken one.</summary>
    private void Allow(TimeSpan now, Modalities allowed)
    {
        var withdrawn = _allowed & ~allowed;
        _allowed = allowed;
        if (withdrawn.HasFlag(Modalities.Camera))
        {
            Report(now, _driver.Interrupt());
            _drowsiness.Reset();
            _frames.Reset();
            _rate.Reset();
            (_driver, _scores) = (new(_settings.Tracking()), new(_settings.Scoring()));
        }

        if (withdrawn.HasFlag(Modalities.Heart)) (_heart, _skin) = (new(_settings.Heart), new(_settings.Skin));
        if (withdrawn.HasFlag(Modalities.Camera) || withdrawn.HasFlag(Modalities.Heart)) _senses.Reset();
        _scores.Allow(allowed);
        _alarms.Withdraw(now, allowed, _events);
        _events.Add(new MonitorEvent.Status(now, StatusKind.ModalitiesChanged, Named(allowed)));
    }

    private static string Named(Modalities allowed) => allowed == Modalities.None ? "none"
        : string.Join(',', Enum.GetValues<Modalities>().Where(m => BitOperations.IsPow2((int)m) && allowed.HasFlag(m)).Select(m => m.ToString().ToLowerInvariant()));

    private void Report(TimeSpan now, in CompletedEvents ended)
    {
        _drowsiness.Step(now, _driver, ended);
        if (ended.Closure is { } closure)
        {
            if (!_motion.IsParked) _scores.Record(closure);
            var kind = ClosureKinds.Of(closure, _settings.Eyes);
            _events.Add(new MonitorEvent.Eyelids(
                _events.Stamp(closure.EndedAt, now), kind, closure.StartedAt, ClosureKinds.Lasting(closure, kind), closure.IsAborted));
        }

        if (ended.Yawn is { } yawn)
            _events.Add(new MonitorEvent.Yawn(_events.Stamp(yawn.EndedAt, now), yawn.StartedAt, yawn.EndedAt - yawn.StartedAt, yawn.Weight));
        if (ended.Nod is { } nod)
            _events.Add(new MonitorEvent.Nod(_events.Stamp(nod.EndedAt, now), nod.StartedAt, nod.EndedAt - nod.StartedAt));
        if (ended.Glance is not { } glance) return;
        _scores.Record(glance);
        _events.Add(new MonitorEvent.LookAway(
            _events.Stamp(glance.EndedAt, now), glance.StartedAt, glance.Duration, glance.YawDegrees, glance.PitchDegrees));
    }

    private FrameMeasures Measures() => new(_driver.Eyes.Closure, _driver.OnRoad, _driver.Perclos60.Value);
}
