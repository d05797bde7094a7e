using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>Gathers what the face says about drowsiness, and how far each part of it can be believed now.</summary>
public sealed class DrowsinessTracker
{
    private readonly EventCounter _yawns = new(TimeSpan.FromMinutes(10));
    private readonly EventCounter _nods = new(TimeSpan.FromMinutes(5));
    private TimeSpan? _eyesAt;
    private TimeSpan? _faceAt;
    private double _eyeQuality;
    private bool _tooSmall;

    /// <summary>Takes what a step ended, after the driver was watched.</summary>
    public void Step(TimeSpan at, DriverTracker driver, in CompletedEvents ended)
    {
        if (ended.Yawn is { } yawn) _yawns.Add(at, yawn.Weight);
        if (ended.Nod is not null) _nods.Add(at);
        if (driver.IsFaceSeen) _faceAt = at;
        if (driver.Eyes.Openness is null) return;
        (_eyesAt, _eyeQuality, _tooSmall) = (at, driver.Eyes.Quality, driver.Eyes.TooSmall);
    }

    /// <param name="rate">Pictures a second.</param>
    public Drowsiness At(TimeSpan at, DriverTracker driver, double? rate, TimeSpan onTask)
    {
        var eyes = _tooSmall ? 0 : _eyeQuality * Fresh(at, _eyesAt, HalfLives.Eye);
        var mouth = Fresh(at, _faceAt, HalfLives.Mouth);
        var blinks = driver.Blinks;
        var seen = eyes * Share(blinks.SeenShare);
        var slow = FrameRateTrust.OfBlinkRate(rate) <= 0;

        Cue Eye(double? value, double quality, MissingReason otherwise) =>
            BelievedCue(value, quality, WhyNoEyes(at) ?? otherwise);
        Cue Blink(double? value, double trust, MissingReason otherwise) =>
            Eye(value, seen * trust, slow ? MissingReason.LowFrameRate : otherwise);

        return new(
            Eye(
                driver.Perclos60.Value,
                eyes * Share(driver.Perclos60.ValidShare) * FrameRateTrust.OfClosures(rate),
                MissingReason.WindowTooShort),
            Eye(
                driver.Perclos180.Value,
                eyes * Share(driver.Perclos180.ValidShare) * FrameRateTrust.OfClosures(rate),
                MissingReason.WindowTooShort),
            Blink(blinks.MeanLogDuration, FrameRateTrust.OfBlinkDuration(rate), MissingReason.TooFewBlinks),
            Blink(blinks.LongPerMinute, FrameRateTrust.OfLongBlinks(rate), MissingReason.WindowTooShort),
            Blink(blinks.PerMinute, FrameRateTrust.OfBlinkRate(rate), MissingReason.WindowTooShort),
            BelievedCue(_yawns.Sum(at), mouth, MissingReason.NoFace),
            BelievedCue(_nods.Sum(at), mouth, MissingReason.NoFace),
            Cue.Of(onTask.TotalHours));
    }

    public void Reset()
    {
        _yawns.Reset();
        _nods.Reset();
        (_eyesAt, _faceAt, _eyeQuality, _tooSmall) = (null, null, 0, false);
    }

    private MissingReason? WhyNoEyes(TimeSpan at) =>
        Fresh(at, _faceAt, HalfLives.Eye) < Cue.LeastQuality ? MissingReason.NoFace
        : _tooSmall ? MissingReason.EyeSignalTooSmall
        : Fresh(at, _eyesAt, HalfLives.Eye) < Cue.LeastQuality ? MissingReason.EyesNotVisible
        : null;

    private static Cue BelievedCue(double? value, double quality, MissingReason otherwise) =>
        value is null || quality < Cue.LeastQuality ? Cue.Missing(otherwise) : Cue.Of(value, quality);

    private static double Fresh(TimeSpan at, TimeSpan? last, TimeSpan halfLife) =>
        last is { } seen ? Math.Pow(2, -((at - seen) / halfLife)) : 0;

    /// <summary>Half of a window seen is nothing, eight tenths are all of it.</summary>
    private static double Share(double valid) => Math.Clamp((valid - 0.5) / 0.3, 0, 1);
}
