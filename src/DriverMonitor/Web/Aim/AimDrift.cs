using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Web.Aim;

/// <summary>
/// Compares where the driver's face usually is with where it was when the camera was aimed. Medians of minutes: a driver looks
/// around, leans and reaches; a camera that was pushed stays so. Pure; a picture allocates nothing.
/// </summary>
internal sealed class AimDrift
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2), Lately = TimeSpan.FromMinutes(5),
        LongEnough = TimeSpan.FromMinutes(3), Now = TimeSpan.FromSeconds(4);

    private readonly Lock _gate = new();
    private readonly MedianWindow[] _usual = Windows(Lately), _now = Windows(Now);
    private TimeSpan? _last;
    private AimReference? _reference;

    /// <summary>Null while nobody has aimed the camera to the end.</summary>
    public AimReference? Reference
    {
        get
        {
            lock (_gate) return _reference;
        }
        set
        {
            lock (_gate)
            {
                _reference = value;
                foreach (var window in _usual) window.Reset();
            }
        }
    }

    /// <summary>Where the face has been in these seconds; null where it was not seen.</summary>
    public AimReference? Current
    {
        get
        {
            lock (_gate) return Of(_now);
        }
    }

    public AimState State
    {
        get
        {
            lock (_gate)
            {
                if (_reference is null) return AimState.NotAimed;
                if (_usual[0].Covered < LongEnough || Of(_usual) is not { } usual) return AimState.NotYetKnown;
                return _reference.IsFarFrom(usual) ? AimState.Moved : AimState.AsAimed;
            }
        }
    }

    /// <param name="at">On a clock that never jumps.</param>
    /// <param name="width">Of the upright picture, in pixels.</param>
    public void Update(TimeSpan at, in FaceReading face, int width)
    {
        if (face is not { Sight: Sight.Driver, Place: { } place, Head: { } head } || width <= 0) return;
        lock (_gate)
        {
            Add(_now, at, place, head, width);
            if (at - _last < Every) return;
            _last = at;
            Add(_usual, at, place, head, width);
        }
    }

    private static void Add(MedianWindow[] windows, TimeSpan at, in FacePlace place, in HeadPose head, int width)
    {
        windows[0].Add(at, place.CentreX);
        windows[1].Add(at, place.CentreY);
        windows[2].Add(at, place.EyePixels / width);
        windows[3].Add(at, head.YawDegrees);
        windows[4].Add(at, head.PitchDegrees);
    }

    private static AimReference? Of(MedianWindow[] windows) => windows[0].Median is not { } x ? null
        : new(x, windows[1].Median!.Value, windows[2].Median!.Value, windows[3].Median!.Value, windows[4].Median!.Value);

    private static MedianWindow[] Windows(TimeSpan length) => [.. Enumerable.Range(0, 5).Select(_ => new MedianWindow(length))];
}
