using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Voice;

namespace DriverMonitor.Core.SensorHealth;

/// <summary>What the monitor must say about its own senses: absence is told, never silent.</summary>
public sealed class SensorHealthMonitor(FrameSettings settings) : IModalityTracker
{
    // Chatter at the limit helps nobody.
    private const double RateRecovered = 1.1;
    private static readonly TimeSpan ContactChatter = TimeSpan.FromSeconds(2);
    // A head that turns comes back; what lies before the eyes, and the night, stay. Told within three seconds.
    private static readonly TimeSpan HiddenPatience = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan RivalPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PoorView = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan MicrophonePatience = TimeSpan.FromSeconds(5);

    private readonly SensorFaultDebounce _camera = new(StatusKind.CameraLost, settings.CameraPatience);
    private readonly SensorFaultDebounce _asleep = new(StatusKind.CameraAsleep, TimeSpan.Zero);
    private readonly SensorFaultDebounce _face = new(StatusKind.FaceLost, settings.SightPatience);
    private readonly SensorFaultDebounce _ambiguous = new(StatusKind.AmbiguousDriver, HiddenPatience);
    private readonly SensorFaultDebounce _eyes = new(StatusKind.EyesNotVisible, settings.SightPatience);
    private readonly SensorFaultDebounce _eyeSignal = new(StatusKind.EyeSignalTooSmall, TimeSpan.Zero);
    private readonly SensorFaultDebounce _pose = new(StatusKind.PoseUncertain, settings.SightPatience);
    private readonly SensorFaultDebounce _rate = new(StatusKind.LowFrameRate, TimeSpan.Zero);

    private readonly SensorFaultDebounce _heart = new(StatusKind.HeartLost, TimeSpan.Zero);
    private readonly SensorFaultDebounce _strap = new(StatusKind.StrapOff, ContactChatter);
    private readonly SensorFaultDebounce _frozen = new(StatusKind.FrozenHeartRate, TimeSpan.Zero);
    private readonly SensorFaultDebounce _rhythm = new(StatusKind.IrregularRhythm, TimeSpan.Zero);

    private readonly SensorFaultDebounce _microphone = new(StatusKind.MicrophoneLost, TimeSpan.Zero);
    private readonly SensorFaultDebounce _muted = new(StatusKind.MicrophoneMuted, TimeSpan.Zero);
    private readonly SensorFaultDebounce _clipped = new(StatusKind.MicrophoneClipped, TimeSpan.Zero);
    private readonly SensorFaultDebounce _hum = new(StatusKind.MicrophoneHum, TimeSpan.Zero);
    private readonly SensorFaultDebounce _noisy = new(StatusKind.MicrophoneNoisy, TimeSpan.Zero);

    private TimeSpan? _pictureAt;
    private TimeSpan? _noPictureSince;
    private TimeSpan _withoutPose;
    private bool _toldPoorView;

    /// <summary>A picture was judged.</summary>
    /// <param name="hidesFace">Something else that is told explains why there is no face.</param>
    public void Picture(TimeSpan at, in FaceReading face, DriverTracker driver, double? rate, bool hidesFace, EventList events)
    {
        var lasting = at - _pictureAt ?? TimeSpan.Zero;
        var seen = driver.IsFaceSeen;

        Arrived(at, events);
        // A second face beside a followed one is looked for once a second.
        _ambiguous.Update(
            at, face.Sight == Sight.Ambiguous || face.RivalEye is not null, events,
            within: face.RivalEye is not null ? RivalPatience : null);
        _face.Update(at, (hidesFace && !seen) || face.Sight == Sight.Ambiguous ? null : !seen, events);
        var (hidden, unknown) = (driver.Eyes.IsHidden, driver.Eyes.Openness is null);
        _eyes.Update(at, seen ? hidden || unknown : null, events, within: hidden ? HiddenPatience : null);
        _eyeSignal.Update(at, seen ? driver.Eyes.TooSmall : null, events);
        _pose.Update(at, seen ? face.Head is null : null, events);
        _rate.Update(at, rate is null ? null : rate < settings.LowestRate * (_rate.IsLacking ? RateRecovered : 1), events);
        ReportPoorView(at, seen && face.Head is null ? lasting : TimeSpan.Zero, events);
    }

    /// <summary>A picture came, whatever is in it.</summary>
    public void Arrived(TimeSpan at, EventList events)
    {
        (_pictureAt, _noPictureSince) = (at, null);
        _asleep.Update(at, false, events);
        _camera.Update(at, false, events);
    }

    /// <summary>The camera says that it has no picture.</summary>
    public void NoPicture(TimeSpan at, EventList events)
    {
        _noPictureSince ??= _pictureAt ?? at;
        _asleep.Update(at, false, events);
        Wait(at, events);
    }

    /// <summary>The camera is closed on purpose: nothing is seen, and nothing is lost.</summary>
    public void Asleep(TimeSpan at, EventList events)
    {
        ResetSight();
        _asleep.Update(at, true, events);
    }

    /// <summary>Something else was observed; a camera that only fell silent is lost as well.</summary>
    public void Wait(TimeSpan at, EventList events)
    {
        var since = _noPictureSince ?? _pictureAt;
        if (at - since >= settings.CameraPatience) _camera.Update(at, true, events, since);
    }

    /// <summary>Pictures came back after a gap in which nobody said anything.</summary>
    public void Interrupted(TimeSpan at, EventList events)
    {
        if (!_camera.IsLacking) events.Add(new MonitorEvent.Status(at, StatusKind.StreamInterrupted));
    }

    /// <summary>A second of the heart; the four are asked in turn, because each hides the ones after it.</summary>
    public void Heart(TimeSpan at, in HeartFeatures heart, EventList events)
    {
        if (heart.Silence is null) return;
        var lost = heart.Reason == HeartReason.NoLink;
        var off = heart.Reason == HeartReason.StrapOff;
        _heart.Update(at, lost, events);
        _strap.Update(at, lost ? null : off, events);
        _frozen.Update(at, lost || off ? null : heart.Reason == HeartReason.Frozen, events);
        _rhythm.Update(at, heart.Source == HeartSource.Intervals ? heart.Reason == HeartReason.IrregularRhythm : null, events);
    }

    /// <summary>A second of the microphone; one that was never heard of is not fitted, and not missed.</summary>
    public void Voice(TimeSpan at, in VoiceFeatures voice, EventList events)
    {
        if (voice.Microphone is not { } state) return;
        var lost = state == MicrophoneState.Unplugged || voice.Silence > MicrophonePatience;
        _microphone.Update(at, lost, events);
        _muted.Update(at, lost ? null : state == MicrophoneState.Muted, events);
        _clipped.Update(at, lost ? null : state == MicrophoneState.Clipped, events);
        _hum.Update(at, lost ? null : state == MicrophoneState.Hum, events);
        _noisy.Update(at, lost ? null : state == MicrophoneState.TooNoisy, events);
    }

    public void Reset()
    {
        ResetSight();
        ResetMicrophone();
        _heart.Reset();
        _strap.Reset();
        _frozen.Reset();
        _rhythm.Reset();
    }

    void IModalityTracker.Reset(TimeSpan before, TimeSpan at) => Reset();

    /// <summary>A sense that is switched off is not a broken one.</summary>
    void IModalityTracker.Withdraw(Modalities withdrawn)
    {
        if ((withdrawn & (Modalities.Camera | Modalities.Heart)) != 0) Reset();
        if ((withdrawn & Modalities.Voice) != 0) ResetMicrophone();
    }

    private void ResetSight()
    {
        (_pictureAt, _noPictureSince) = (null, null);
        _camera.Reset();
        _face.Reset();
        _ambiguous.Reset();
        _eyes.Reset();
        _pose.Reset();
    }

    private void ResetMicrophone()
    {
        _microphone.Reset();
        _muted.Reset();
        _clipped.Reset();
        _hum.Reset();
        _noisy.Reset();
    }

    private void ReportPoorView(TimeSpan at, TimeSpan lasting, EventList events)
    {
        _withoutPose += lasting;
        if (_toldPoorView || _withoutPose < PoorView) return;
        _toldPoorView = true;
        events.Add(new MonitorEvent.Status(at, StatusKind.CameraViewPoor));
    }
}
