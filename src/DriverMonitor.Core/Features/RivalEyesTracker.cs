using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>
/// The eyes of two faces of which either may be the driver's. Nothing is known of whose they are, so each is taken against its
/// own open eye, and whoever sleeps is warned: a passenger woken for nothing costs less than a driver who is not.
/// </summary>
public sealed class RivalEyesTracker(EyeSettings settings)
{
    private readonly OneFace[] _faces = [new(settings), new(settings)];
    private TimeSpan? _lastAt;

    /// <summary>At least one of them is seen, in the picture that came last.</summary>
    public bool AreSeen { get; private set; }

    /// <summary>How long the eyes have been shut of the one who has them shut for longer.</summary>
    public TimeSpan ShutFor(TimeSpan at)
    {
        if (_lastAt is null) return TimeSpan.Zero;
        var (first, second) = (_faces[0].ShutFor(at), _faces[1].ShutFor(at));
        return first > second ? first : second;
    }

    /// <summary>An ambiguous picture, in which each eye is that of another face.</summary>
    public void Update(TimeSpan at, in FaceReading both)
    {
        var lasting = at - _lastAt ?? TimeSpan.Zero;
        if (lasting > settings.UnseenPatience) lasting = settings.UnseenPatience;
        var first = _faces[0].Update(at, both.LeftEye, lasting);
        var second = _faces[1].Update(at, both.RightEye, lasting);
        (AreSeen, _lastAt) = (first || second, at);
    }

    /// <summary>A picture of the one who is taken for the driver, beside whom another face may be the driver's.</summary>
    /// <param name="eye">Of that other face; not visible while it is looked for.</param>
    public void Update(TimeSpan at, in EyeReading eye)
    {
        var lasting = at - _lastAt ?? TimeSpan.Zero;
        if (lasting > settings.UnseenPatience) lasting = settings.UnseenPatience;
        // Who was in doubt before goes on as the other face, or as the driver: what was shut of both is held for a while.
        _faces[0].UpdateMissing(at);
        (AreSeen, _lastAt) = (_faces[1].Update(at, eye, lasting), at);
    }

    /// <summary>Neither was seen: what was shut is held to be for as long as a driver's eyes would be.</summary>
    public void UpdateMissing(TimeSpan at)
    {
        AreSeen = false;
        foreach (var face in _faces) face.UpdateMissing(at);
    }

    /// <summary>It is known who drives.</summary>
    public void Reset()
    {
        if (_lastAt is null) return;
        (AreSeen, _lastAt) = (false, null);
        foreach (var face in _faces) face.Reset();
    }

    private sealed class OneFace(EyeSettings settings)
    {
        private readonly ClosureDetector _closures = new(settings);
        private EyeReference _eye = new(settings);

        public TimeSpan ShutFor(TimeSpan at) => _closures.ShutFor(at);

        public bool Update(TimeSpan at, in EyeReading eye, TimeSpan lasting)
        {
            if (eye.AspectRatio is not { } aperture || eye.Visibility < settings.LeastVisibility)
            {
                UpdateMissing(at);
                return false;
            }

            _eye.Learn(aperture, lasting);
            _closures.Update(at, _eye.IsUsable ? _eye.Openness(aperture) : 1);
            return true;
        }

        public void UpdateMissing(TimeSpan at) => _closures.UpdateMissing(at, headDropped: false);

        public void Reset()
        {
            _closures.Abort();
            _eye = new(settings);
        }
    }
}
