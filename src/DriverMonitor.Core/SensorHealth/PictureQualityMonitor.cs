using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.SensorHealth;

/// <summary>
/// Judges the picture before the face in it. A covered, dark, washed-out, blurred or frozen one is told within ten seconds; a
/// frozen one counts as none, and what a poor one shows of a face is believed less.
/// </summary>
public sealed class PictureQualityMonitor(PictureSettings settings) : IModalityTracker
{
    // A value that wanders about its limit is told once: recovery asks for this much more.
    private const double Recovered = 1.3;

    // A face that is itself well lit is well seen before a white sky, and in a cab that is dark around it.
    private const double FaceLit = 0.12, FaceWashedOut = 0.8;

    // At 0.7 an eye that was fully seen is still surely seen, and one that was half seen is not seen at all.
    private const double Doubted = 0.7;

    private readonly SensorFaultDebounce _frozen = new(StatusKind.FrozenPicture, settings.FrozenAfter);
    private readonly SensorFaultDebounce _covered = new(StatusKind.CameraCovered, settings.Patience);
    private readonly SensorFaultDebounce _dark = new(StatusKind.Dark, settings.Patience);
    private readonly SensorFaultDebounce _glare = new(StatusKind.Glare, settings.Patience);
    private readonly SensorFaultDebounce _blurred = new(StatusKind.OutOfFocus, settings.Patience);

    /// <summary>The pictures do not change any more: whatever they show is long ago.</summary>
    public bool IsFrozen => _frozen.IsLacking;

    /// <summary>What the last measurement found explains why no face is seen.</summary>
    public bool HidesFace =>
        _covered.IsSuspected || _dark.IsSuspected || _glare.IsSuspected || _blurred.IsSuspected || _frozen.IsSuspected;

    /// <summary>White in the picture as the sun makes it.</summary>
    public bool IsGlaring => _glare.IsSuspected;

    /// <summary>Takes a measurement, if the picture brought one; without, the last one stands.</summary>
    /// <param name="cause">What explains a dark, washed-out or blurred picture; null for nothing known.</param>
    public void Step(TimeSpan at, PictureQuality? measured, EventList events, string? cause = null)
    {
        if (measured is not { } quality || !IsPlausible(in quality)) return;

        // Each hides the ones after it: what cannot be seen can be neither dark nor blurred.
        var hidden = Update(_frozen, at, quality.Frozen, hidden: false, events);
        hidden = Update(_covered, at, quality.Contrast < Limit(_covered, settings.CoveredContrast), hidden, events);
        hidden = Update(_dark, at, quality.Brightness < Limit(_dark, settings.DarkBelow), hidden, events, cause);
        hidden = Update(
            _glare, at, quality.SaturatedShare > settings.GlareAbove / (_glare.IsLacking ? Recovered : 1), hidden, events, cause);
        Update(_blurred, at, quality.Sharpness < Limit(_blurred, settings.BlurredBelow), hidden, events, cause);
    }

    /// <summary>Whether what is seen of this face is worth less than usual, once it has lasted.</summary>
    public bool IsDoubtful(in FaceReading face) =>
        _blurred.IsLacking || _covered.IsLacking
        || (_dark.IsLacking && !(face.Brightness >= FaceLit))
        || (_glare.IsLacking && !(face.Brightness < FaceWashedOut));

    /// <summary>The face as far as a doubtful picture can be believed: an eye counts only where it is surely seen.</summary>
    public FaceReading WithoutDoubtful(in FaceReading face) => !IsDoubtful(in face) ? face : face with
    {
        LeftEye = face.LeftEye with { Visibility = face.LeftEye.Visibility * Doubted },
        RightEye = face.RightEye with { Visibility = face.RightEye.Visibility * Doubted },
        Gaze = face.Gaze is { } gaze ? gaze with { Quality = gaze.Quality * Doubted } : null,
    };

    /// <summary>The clock jumped: for how long anything has lasted is not known.</summary>
    public void Reset()
    {
        _frozen.Reset();
        _covered.Reset();
        _dark.Reset();
        _glare.Reset();
        _blurred.Reset();
    }

    void IModalityTracker.Reset(TimeSpan before, TimeSpan at) => Reset();

    private static double Limit(SensorFaultDebounce sense, double limit) => sense.IsLacking ? limit * Recovered : limit;

    private static bool Update(
        SensorFaultDebounce sense, TimeSpan at, bool lacking, bool hidden, EventList events, string? cause = null)
    {
        sense.Update(at, hidden ? null : lacking, events, detail: cause);
        return hidden || sense.IsSuspected;
    }

    private static bool IsPlausible(in PictureQuality quality) => quality is
        { Brightness: >= 0 and <= 1, Contrast: >= 0 and <= 1, Sharpness: >= 0 and < 1e6, SaturatedShare: >= 0 and <= 1 };
}
