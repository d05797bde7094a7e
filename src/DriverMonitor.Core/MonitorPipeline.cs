using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.SensorHealth;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Voice;

namespace DriverMonitor.Core;

/// <summary>The whole judgement: observations in, outcomes out. Live, replay, demo and test all call the same Step.</summary>
/// <remarks>One thread owns it. A step allocates only when something happened that is worth an event.</remarks>
public sealed class MonitorPipeline
{
    private readonly MonitorSettings _settings;
    private readonly FaceTracker _face;
    private readonly HeartTracker _heart;
    private readonly SkinTracker _skin;
    private readonly VoiceTracker _voice;
    private readonly SleepTracker _sleep = new();
    private readonly VehicleTracker _vehicle = new();
    private readonly CabTracker _cab = new();
    private readonly WallClockTracker _wall = new();
    private readonly TimeOnTask _task;
    private readonly StateTracker _states;
    private readonly SensorHealthMonitor _senses;
    private readonly MountMonitor _mount = new();
    private readonly SeatBeltMonitor _belt = new();
    private readonly PictureQualityMonitor _picture;
    private readonly IModalityTracker[] _trackers;
    private readonly SensorFaultDebounce _speed = new(StatusKind.SpeedDoubtful, TimeSpan.Zero);
    private readonly SensorFaultDebounce _air = new(StatusKind.StaleAir, AirSettings.Patience);
    private readonly AlertEngine _alarms;
    private readonly EventList _events = new();
    private readonly CompletedEventReporter _completed;
    private readonly Seconds _seconds = new();
    private readonly HeartRecord? _record;
    private bool _hasChangedDriver;
    private TimeSpan? _now;
    private Modalities _allowed = Modalities.WithoutVoice;

    /// <param name="settings">Valid ones.</param>
    /// <param name="record">Keeps every beat for <see cref="Finish"/>: for replays.</param>
    /// <param name="profile">What earlier drives taught about the driver who is expected.</param>
    public MonitorPipeline(MonitorSettings settings, HeartRecord? record = null, DriverProfile? profile = null)
    {
        (_settings, _record, _task) = (settings, record, new(settings.Fatigue.Break));
        (_heart, _skin, _voice) = (new(settings.Heart, record), new(settings.Skin), new(settings.Voice));
        _face = new(settings.Tracking(), profile?.Eyes() ?? default);
        _states = new(settings.Scoring(), profile);
        _senses = new(settings.Frames);
        _picture = new(settings.Picture);
        _alarms = new(settings.Alerts);
        _completed = new(settings.Eyes, _face, _voice, _events);
        _trackers =
        [
            _face, _picture, _heart, _skin, _voice, _sleep, _vehicle, _cab, _wall, _task, _states, _senses, _mount, _belt,
        ];
    }

    /// <summary>Pictures dropped because they came twice or late.</summary>
    public long DroppedFrames => _face.DroppedFrames;

    /// <summary>Heart packets dropped because they came minutes late.</summary>
    public long DroppedPackets => _heart.DroppedPackets;

    /// <summary>What the face says about drowsiness, as of the last step.</summary>
    public Drowsiness Drowsiness => _face.Drowsiness(_now ?? default, _task.Elapsed(_now ?? default));

    /// <summary>Breaks that this driver took.</summary>
    public int Breaks => _task.Breaks;

    /// <summary>What the vehicle says of its speed is contradicted by another source or by the pictures.</summary>
    public bool IsSpeedDoubtful => _vehicle.IsSpeedDoubtful;

    private DriverTracker Driver => _face.Driver;

    private VehicleMotionTracker Motion => _vehicle.Motion;

    private DriverStateEstimator States => _states.Estimator;

    /// <summary>Judges one observation; call it in the order of arrival.</summary>
    public Outcome Step(in Observation observation)
    {
        var now = TakeTime(
            observation.At,
            mayBeLate: observation is { Face: null } and ({ Heart: not null } or { Skin: not null } or { Voice: not null }));
        Move(now, observation);
        if (observation.Wall is { } wall) _wall.Add(now, wall);
        UpdateAir(now);
        if (observation.Allowed is { } allowed && allowed != _allowed) Allow(now, allowed);
        if (observation.Face is { } face && May(Modalities.Camera)) UpdateFace(now, observation.At, face);
        else Wait(now);
        if (observation.Skin is { } skin && May(Modalities.Heart)) _skin.Add(observation.At, skin);
        if (observation.Sleep is { } sleep) _sleep.Add(now, sleep);
        if (observation.Voice is { } voice && May(Modalities.Voice)) _voice.Add(observation.At, voice, States.Lips(now));
        if (observation.Heart is { } packet && May(Modalities.Heart)) _heart.Add(observation.At, packet);

        // Where the speed is unknown, somebody at the wheel is taken to drive.
        _task.Step(now, Motion.SpeedKmh is { } speed ? !Motion.IsParked && speed > 0 : Driver.IsFaceSeen);
        var scores = _seconds.Step(now) ? Score(now) : null;
        if (observation.Disputed) _alarms.Dispute(now, null, _events);
        if (observation.DisputedAlert is { } name) _alarms.Dispute(now, name, _events);
        if (observation.Acknowledged) _alarms.Acknowledge(now, States, _events);
        _alarms.Step(now, Driver, Motion, States, _events);
        return new(now, Measures(), _alarms.Standing, _events.Take(), scores);
    }

    /// <summary>
    /// What this drive and earlier ones taught about the driver; null once another driver may have taken the seat.
    /// </summary>
    public DriverProfile? Profile()
    {
        if (_hasChangedDriver) return null;
        var (left, right) = Driver.OpenApertures;
        var profile = States.ToProfile() with { LeftEyeOpen = left, RightEyeOpen = right };
        if (!May(Modalities.Voice)) profile = profile with { Voice = null };
        return May(Modalities.Heart) ? profile : profile with { Heart = null, SkinConductance = null, SkinResponses = null };
    }

    /// <summary>What can only be said when nothing more comes: the figures of the whole heart record.</summary>
    public Outcome Finish()
    {
        var now = _now ?? default;
        if (_record?.Summarise() is { } summary) _events.Add(new MonitorEvent.HeartTotal(now, summary));
        return new(now, Measures(), _alarms.Standing, _events.Take());
    }

    /// <summary>
    /// Time never runs backwards here; a clock that jumped has its past forgotten. A packet may have been long on its way.
    /// </summary>
    private TimeSpan TakeTime(TimeSpan at, bool mayBeLate)
    {
        if (
            _now is { } before
            && ((!mayBeLate && before - at > _settings.Frames.JumpBack) || at - before > _settings.Frames.JumpAhead))
            Jump(before, at);
        _events.Begin(_now ?? at);
        _now = _now > at ? _now : at;
        return _now.Value;
    }

    private void Jump(TimeSpan before, TimeSpan at)
    {
        _events.Begin(at);
        foreach (var tracker in _trackers) tracker.Reset(before, at);
        _seconds.Reset();
        _alarms.Reset(at, _events);
        _now = at;
        _events.Add(new MonitorEvent.Status(at, StatusKind.TimeJump));
    }

    private void Move(TimeSpan now, in Observation observation)
    {
        if (observation.Cab is { } cab) _cab.Add(now, cab);
        _vehicle.Add(
            now, observation.Vehicle, May(Modalities.Camera) ? observation.Face?.BackgroundMotion : null, _cab.IsOnRoad(now),
            _cab.IsAtRest(now));
        if (observation.Cab?.HorizontalG is { } g) Motion.AddHorizontal(now, g);
        _speed.Update(now, _vehicle.IsSpeedDoubtful, _events);
    }

    /// <summary>Said once it has lasted, and over once the air is clearly better.</summary>
    private void UpdateAir(TimeSpan now)
    {
        var limit = _air.IsLacking ? AirSettings.FreshPpm : AirSettings.StalePpm;
        _air.Update(now, _cab.At(now).Co2Ppm is { } ppm ? ppm > limit : null, _events);
    }

    /// <summary>What explains a poor picture; null for nothing known.</summary>
    private string? PictureCause(TimeSpan now) => (Motion.WipersOn, _cab.At(now).IsNight) switch
    {
        (true, true) => "wipers and night",
        (true, false) => "wipers",
        (false, true) => "night",
        _ => null,
    };

    private Scores Score(TimeSpan now)
    {
        var heart = _heart.Step(now);
        _senses.Heart(now, in heart, _events);
        var voice = _voice.Step(now);
        _senses.Voice(now, in voice, _events);
        var wall = _wall.Step(now);
        return States.Step(now, new(
            Driver, Motion, Drowsiness, heart, _skin.Step(now), wall, _sleep.At(now), _wall.ShiftLasted(now), voice,
            _cab.At(now).Co2Ppm));
    }

    private void UpdateFace(TimeSpan now, TimeSpan at, in FaceReading face)
    {
        if (face.Sight == Sight.NoFrame)
        {
            Report(now, Driver.Wait(now));
            _senses.NoPicture(now, _events);
            return;
        }

        if (face.Sight == Sight.Asleep)
        {
            Report(now, Driver.Interrupt());
            Report(now, Driver.UpdateMissing(now));
            _face.ResetFrames();
            _picture.Reset();
            _mount.Reset();
            _senses.Asleep(now, _events);
            return;
        }

        switch (_face.Arrive(at))
        {
            case FrameTiming.Duplicate or FrameTiming.OutOfOrder:
                Wait(now);
                return;
            case FrameTiming.Interrupted:
                Report(now, Driver.Interrupt());
                _senses.Interrupted(now, _events);
                break;
        }

        _picture.Step(now, face.Picture, _events, PictureCause(now));
        if (_picture.IsFrozen)
        {
            Report(now, Driver.Wait(now));
            _senses.Arrived(now, _events);
            return;
        }

        UpdateDriver(now, _picture.WithoutDoubtful(face));
    }

    private void UpdateDriver(TimeSpan now, in FaceReading face)
    {
        var isDriver = face.Sight == Sight.Driver && face.Presence >= _settings.Frames.FacePresence;
        if (isDriver && _face.IsAnother(now, face.TrackId, Motion.SpeedKmh)) ChangeDriver(now);
        Report(now, isDriver
            ? Driver.Update(now, face, Motion.SpeedKmh, Motion.IsParked, Motion.SteeringDegrees, States.Neutral,
                Motion.Indicator)
            : face.Sight == Sight.Ambiguous ? Driver.UpdateAmbiguous(now, face)
            : Driver.UpdateMissing(now));
        if (isDriver) States.Update(now, face, Driver, _picture.IsGlaring, _picture.IsDoubtful(face));
        _senses.Picture(now, face, Driver, _face.PerSecond, _picture.HidesFace, _events);
        _mount.Update(now, face, Driver, Motion.SteeringDegrees, _events);
        if (isDriver) _belt.Update(now, face.BeltWorn, Motion.IsParked, _events);
    }

    private void ChangeDriver(TimeSpan now)
    {
        Report(now, Driver.Interrupt());
        _alarms.Reset(now, _events);
        foreach (var tracker in _trackers) tracker.ChangeDriver();
        States.Allow(_allowed);
        _hasChangedDriver = true;
        _events.Add(new MonitorEvent.Status(now, StatusKind.DriverChanged));
    }

    private void Wait(TimeSpan now)
    {
        Report(now, Driver.Wait(now));
        if (May(Modalities.Camera)) _senses.Wait(now, _events);
    }

    // HasFlag would allocate until the runtime has optimised it.
    private bool May(Modalities modality) => (_allowed & modality) == modality;

    private void Allow(TimeSpan now, Modalities allowed)
    {
        var withdrawn = _allowed & ~allowed;
        _allowed = allowed;
        if (withdrawn.HasFlag(Modalities.Camera)) Report(now, Driver.Interrupt());
        foreach (var tracker in _trackers) tracker.Withdraw(withdrawn);
        States.Allow(allowed);
        _alarms.Withdraw(now, allowed, _events);
        _events.Add(new MonitorEvent.Status(now, StatusKind.ModalitiesChanged, ModalityNames.Of(allowed)));
    }

    private void Report(TimeSpan now, in CompletedEvents ended) => _completed.Report(now, ended, States, Motion.IsParked);

    private FrameMeasures Measures() => new(Driver.Eyes.Closure, Driver.OnRoad, Driver.Perclos60.Value);
}
