using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>
/// Smooths what is measured of the lids where the light makes it jitter, so that a sleeper's lids do not seem to flutter and a
/// waking driver's not to blink. In good light everything is taken as it was measured: there a blink is two or three pictures.
/// </summary>
internal sealed class LidFilter
{
    // A lid falls by 0.2 of the aspect ratio in 0.07 s, 3 a second, and by all of the blink score; the noise of a night picture
    // moves them at a tenth of that.
    private readonly OneEuroFilter _left = new(3, 5), _right = new(3, 5), _leftBlink = new(3, 1.5), _rightBlink = new(3, 1.5);

    /// <param name="isDim">The light is such that lids jitter.</param>
    public FaceReading Update(TimeSpan at, in FaceReading face, bool isDim)
    {
        if (!isDim)
        {
            Reset();
            return face;
        }

        return face with
        {
            LeftEye = Of(at, face.LeftEye, _left),
            RightEye = Of(at, face.RightEye, _right),
            Blendshapes = face.Blendshapes is { } shapes
                ? shapes with
                {
                    LeftBlink = (float)_leftBlink.Update(at, shapes.LeftBlink),
                    RightBlink = (float)_rightBlink.Update(at, shapes.RightBlink),
                }
                : null,
        };
    }

    private void Reset()
    {
        _left.Reset();
        _right.Reset();
        _leftBlink.Reset();
        _rightBlink.Reset();
    }

    private static EyeReading Of(TimeSpan at, in EyeReading eye, OneEuroFilter filter) =>
        eye.AspectRatio is { } aperture ? eye with { AspectRatio = filter.Update(at, aperture) } : eye;
}
