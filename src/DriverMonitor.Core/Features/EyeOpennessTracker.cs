using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>Makes one openness of two eyes: each against its own reference, weighted by how well it is seen.</summary>
/// <param name="settings">How lids are measured.</param>
/// <param name="left">Open aperture of an earlier drive, of the eye on the picture's left.</param>
/// <param name="right">Of the other.</param>
public sealed class EyeOpennessTracker(EyeSettings settings, double? left = null, double? right = null)
{
    // A turned head foreshortens the far eye: its aspect ratio grew by 20 % at 15 degrees and doubled at 45 (measured).
    private const double FarEyeFull = 10;
    private const double FarEyeGone = 25;

    // Around the person's own neutral: a camera at the side never sees the driver straight on.
    private const double LearnYaw = 15;
    private const double LearnFarEyeYaw = 8;
    private const double LearnPitch = 12;
    private const double SureGaze = 0.5;
    private const double OneEyeQuality = 0.8;

    // Glints and rims are read as shut lids where an eye is half seen: the other eye must agree. Which eyes are surely seen
    // is engineering judgement.
    private const double SureVisibility = 0.7;

    // A shut lid that the other network does not contradict is shut. Above this it does.
    private const double Contradicts = 0.6;

    // What is shown where an eye is drawn, in shares of the face's contrast: open eyes have 0.42 to 0.78, shut ones 0.35 to 0.57,
    // behind lenses that let a quarter through 0.12 to 0.19, a hand or an opaque lens none (clips, blurred and small ones too).
    private const double Nothing = 0.1, Little = 0.25, DrawnOpen = 0.35;

    // Between the outer corners of both eyes. Blur takes the contrast of small ones: two people of 30 to 40 pixels had 0.18 to
    // 0.44 with their eyes open.
    private const double FullSizePixels = 60, LeastOfSmall = 0.6;

    // In noise open eyes have 0.15 and more. On a face with less contrast than this shadows swallow eyes that are judged well,
    // and only on one with ample contrast is a lid that is drawn shut not believed.
    private const double LittleInNoise = 0.08, LeastFaceContrast = 0.2, AmpleFaceContrast = 0.4;

    private static readonly TimeSpan TooSmallAfter = TimeSpan.FromSeconds(30);

    private readonly EyeReference _left = new(settings, left);
    private readonly EyeReference _right = new(settings, right);
    private readonly BlinkScale _leftBlink = new();
    private readonly BlinkScale _rightBlink = new();
    private readonly DimLightTracker _dim = new();
    private readonly EyeVeilTracker _veil = new();
    private double _deepestLeft = double.MaxValue;
    private double _deepestRight = double.MaxValue;
    private TimeSpan _seen;

    /// <summary>The open and shut apertures of the eye on the picture's left.</summary>
    public EyeReference Left => _left;

    /// <summary>The open and shut apertures of the eye on the picture's right.</summary>
    public EyeReference Right => _right;

    /// <summary>An eye of this driver was seen open, now or in an earlier drive.</summary>
    public bool AreKnown => _left.LearnedSeconds > 0 || _right.LearnedSeconds > 0;

    /// <param name="road">Where this driver's road is.</param>
    /// <param name="lasting">How long this picture speaks.</param>
    public EyesState Step(in FaceReading face, RoadAttentionTracker road, TimeSpan lasting)
    {
        var yaw = face.Head?.YawDegrees ?? 0;
        var lowered = IsLookingDown(face, road);
        // A driver turned to the right shows the picture's right eye; the left one is the far one.
        var left = Weight(face.LeftEye, far: yaw > 0, yaw);
        var right = Weight(face.RightEye, far: yaw < 0, yaw);
        _dim.Update(face.Light, lasting);
        var (leftHidden, rightHidden) = (IsHidden(_left, face.LeftEye, face), IsHidden(_right, face.RightEye, face));
        var hidden = (left > 0 || right > 0) && (left <= 0 || leftHidden) && (right <= 0 || rightHidden);
        if (leftHidden) left = 0;
        if (rightHidden) right = 0;

        if (!lowered) Learn(face, road, left > 0, right > 0, lasting);

        if (!_left.IsUsable) left = 0;
        if (!_right.IsUsable) right = 0;
        if (left + right <= 0)
            return new(null, 0, lowered, TooSmall: !(_left.IsUsable || _right.IsUsable), _dim.IsDim, hidden || _dim.IsTooDim);

        var openness = (left * LeftOpenness(face) + right * RightOpenness(face)) / (left + right);
        if (openness < settings.Half && !IsBelievable(face, left > 0, right > 0))
            return new(null, 0, lowered, TooSmall: false, _dim.IsDim, _dim.IsTooDim);
        TrackDeepest(face, openness);
        if (!lowered) _veil.Update(face, openness, lasting);
        _seen += lasting;
        var unlearned = Math.Max(_left.LearnedSeconds, _right.LearnedSeconds) <= 0 && _seen > TooSmallAfter;
        return new(
            openness,
            left > 0 && right > 0 ? 1 : OneEyeQuality,
            lowered,
            unlearned,
            _dim.IsDim,
            _dim.IsTooDim,
            Second(face, left, right),
            _veil.IsVeiled);
    }

    /// <summary>A complete blink ended: what was its deepest is how far these eyes go.</summary>
    public void Blinked()
    {
        if (_deepestLeft < 1) _left.Blinked(_deepestLeft);
        if (_deepestRight < 1) _right.Blinked(_deepestRight);
        ResetDeepest();
    }

    /// <summary>What went down was no blink to learn from.</summary>
    public void ResetDeepest() => (_deepestLeft, _deepestRight) = (double.MaxValue, double.MaxValue);

    /// <summary>Lids down in eyes of which neither is surely seen: both must say so, or it is not known.</summary>
    private bool IsBelievable(in FaceReading face, bool left, bool right) =>
        left && face.LeftEye.Visibility >= SureVisibility
        || right && face.RightEye.Visibility >= SureVisibility
        || left && right && LeftOpenness(face) < settings.Half && RightOpenness(face) < settings.Half;

    private double? Second(in FaceReading face, double left, double right) =>
        face.Blendshapes is { } shapes
            ? (left * _leftBlink.Openness(shapes.LeftBlink) + right * _rightBlink.Openness(shapes.RightBlink)) / (left + right)
            : null;

    private double LeftOpenness(in FaceReading face) => Openness(_left, face.LeftEye, _leftBlink, face.Blendshapes?.LeftBlink);

    private double RightOpenness(in FaceReading face) =>
        Openness(_right, face.RightEye, _rightBlink, face.Blendshapes?.RightBlink);

    /// <summary>
    /// What both networks say of a lid. Either may find it shut if the other does not contradict; where they contradict each
    /// other the distance of the lids stands, as it would alone; in between they are worth the same.
    /// </summary>
    private double Openness(EyeReference reference, in EyeReading eye, BlinkScale scale, double? blink)
    {
        var lids = eye.AspectRatio is { } aperture ? reference.Openness(aperture) : 0;
        if (blink is not { } score) return lids;
        var other = scale.Openness(score);
        if (lids < settings.ShutBelow) return lids;
        if (other < settings.ShutBelow && lids < Contradicts) return other;
        return (lids + Math.Max(other, settings.ShutBelow)) / 2;
    }

    /// <summary>
    /// Whether something lies before an eye: one that is drawn shut is believed unless nothing at all is shown there.
    /// </summary>
    private bool IsHidden(EyeReference reference, in EyeReading eye, in FaceReading face)
    {
        if (face.Light is not { Contrast: >= LeastFaceContrast } lit) return false;
        if (eye is not { Contrast: { } contrast, AspectRatio: { } aperture }) return false;
        var share = contrast / lit.Contrast;
        var isDrawnOpen = reference.Openness(aperture) > DrawnOpen;
        if (_dim.IsDim) return share < LittleInNoise && isDrawnOpen;
        return share < Nothing && lit.Contrast >= AmpleFaceContrast
            || share < (_veil.Least ?? LittleOf(face.Place)) && isDrawnOpen;
    }

    private static double LittleOf(FacePlace? place) =>
        Little * Math.Clamp(place?.EyePixels / FullSizePixels ?? 1, LeastOfSmall, 1);

    private double Weight(in EyeReading eye, bool far, double yaw)
    {
        if (eye.AspectRatio is null || eye.Visibility < settings.LeastVisibility) return 0;
        var turned = Math.Abs(yaw);
        return eye.Visibility * (far ? Math.Clamp((FarEyeGone - turned) / (FarEyeGone - FarEyeFull), 0, 1) : 1);
    }

    private bool IsLookingDown(in FaceReading face, RoadAttentionTracker road) =>
        face.Head is { } head && head.PitchDegrees < road.NeutralPitch + settings.HeadDownDegrees
        || face.Gaze is { Quality: >= SureGaze } gaze && gaze.PitchDegrees < road.NeutralGazePitch + settings.GazeDownDegrees;

    private void Learn(in FaceReading face, RoadAttentionTracker road, bool left, bool right, TimeSpan lasting)
    {
        if (face.Head is not { } head || Math.Abs(head.PitchDegrees - road.NeutralPitch) > LearnPitch)
            return;
        if (Math.Abs(head.YawDegrees - road.NeutralYaw) > LearnYaw)
            return;
        if (left && head.YawDegrees <= LearnFarEyeYaw)
            Learn(_left, face.LeftEye, _leftBlink, face.Blendshapes?.LeftBlink, lasting);
        if (right && head.YawDegrees >= -LearnFarEyeYaw)
            Learn(_right, face.RightEye, _rightBlink, face.Blendshapes?.RightBlink, lasting);
    }

    private static void Learn(EyeReference reference, in EyeReading eye, BlinkScale scale, float? blink, TimeSpan lasting)
    {
        var aperture = eye.AspectRatio!.Value;
        reference.Learn(aperture, lasting);
        if (blink is { } score && reference.Openness(aperture) > Contradicts) scale.Learn(score, lasting);
    }

    private void TrackDeepest(in FaceReading face, double openness)
    {
        if (openness >= settings.Half) return;
        if (face.LeftEye.AspectRatio is { } left) _deepestLeft = Math.Min(_deepestLeft, left);
        if (face.RightEye.AspectRatio is { } right) _deepestRight = Math.Min(_deepestRight, right);
    }
}
