using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>
/// What the camera shows of the driver: who sits there, lids, mouth, head and gaze, and the drowsiness they add up to.
/// </summary>
internal sealed class FaceTracker(TrackingParameters settings, KnownEyes known) : IModalityTracker
{
    private readonly FrameClock _frames = new(settings.Frames);
    private readonly FrameRate _rate = new();
    private readonly DriverIdentity _identity = new();
    private readonly DrowsinessTracker _drowsiness = new();
    private DriverTracker _driver = new(settings, known);

    public DriverTracker Driver => _driver;

    /// <summary>Frames per second, or null until a second of pictures has come.</summary>
    public double? PerSecond => _rate.PerSecond;

    /// <summary>Pictures dropped because they came twice or late.</summary>
    public long DroppedFrames => _frames.Duplicates + _frames.OutOfOrder;

    public Drowsiness Drowsiness(TimeSpan at, TimeSpan onTask) => _drowsiness.At(at, _driver, _rate.PerSecond, onTask);

    /// <summary>Judges a picture's time.</summary>
    public FrameTiming Arrive(TimeSpan at)
    {
        var timing = _frames.Step(at);
        if (timing is not (FrameTiming.Duplicate or FrameTiming.OutOfOrder)) _rate.Step(at);
        return timing;
    }

    /// <summary>Whether the face is another driver's.</summary>
    public bool IsAnother(TimeSpan at, int track, double? speedKmh) => _identity.Update(at, track, speedKmh);

    /// <summary>Counts what the driver's face has just ended.</summary>
    public void Count(TimeSpan at, in CompletedEvents ended) => _drowsiness.Step(at, _driver, ended);

    /// <summary>The next picture does not follow on the last one.</summary>
    public void ResetFrames()
    {
        _frames.Reset();
        _rate.Reset();
    }

    public void Reset(TimeSpan before, TimeSpan at)
    {
        // What was under way ends without a line: it would point into a clock that is gone.
        _driver.Reset(at);
        _drowsiness.Reset();
        _identity.Reset();
        ResetFrames();
    }

    public void ChangeDriver()
    {
        _drowsiness.Reset();
        _driver = new(settings);
    }

    public void Withdraw(Modalities withdrawn)
    {
        if ((withdrawn & Modalities.Camera) == 0) return;
        ChangeDriver();
        ResetFrames();
    }
}
