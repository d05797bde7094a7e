using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Vision;

/// <summary>
/// Tells when there is reason to look for hands and phones more often: lids that stay down, a head that turns or bows, a look
/// that found something. Each of the two networks takes as long as three or four meshes, and finds nothing about a driver who
/// sits as always.
/// </summary>
internal sealed class TorsoPace
{
    /// <summary>Of the opening of open eyes: a glance down or shut lids.</summary>
    private const double LidsDown = 0.7;

    // From how the head is held usually: less than a mirror, as much as a look into the lap.
    private const double PitchMoved = 8, YawMoved = 15;

    /// <summary>Blinks are shorter. Whether lids that are down read is decided within the first second.</summary>
    private static readonly TimeSpan NoBlink = TimeSpan.FromSeconds(0.3);

    /// <summary>Two looks within this time confirm each other.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(10);

    private TimeSpan? _last, _stirredAt, _downSince;
    private double? _pitch, _yaw, _open;

    /// <summary>There is reason to look more often.</summary>
    public bool IsStirred(TimeSpan at) => at - _stirredAt <= Lasts;

    /// <summary>A picture of the driver.</summary>
    public void Update(TimeSpan at, in FaceReading face)
    {
        if (!(at >= _last)) (_stirredAt, _downSince, _pitch, _yaw, _open) = (null, null, null, null, null);
        var share = _last is { } last && at >= last ? 1 - Math.Exp((last - at) / Usual) : 1;
        _last = at;
        if (face.Head is { } head
            && (Departs(ref _pitch, head.PitchDegrees, share, PitchMoved) | Departs(ref _yaw, head.YawDegrees, share, YawMoved)))
            _stirredAt = at;
        UpdateLids(at, face, share);
    }

    /// <summary>What a look found.</summary>
    public void Update(TimeSpan at, in TorsoReading found)
    {
        if (found.Phone >= PhoneUseTracker.LikelyFrom || found.Hands is { } hands && HandPlace.AtEar(hands) > 0) _stirredAt = at;
    }

    private void UpdateLids(TimeSpan at, in FaceReading face, double share)
    {
        if ((face.LeftEye.AspectRatio ?? face.RightEye.AspectRatio) is not { } one) return;
        var lids = Math.Max(one, face.RightEye.AspectRatio ?? one);
        // Up at once, down slowly.
        _open = Math.Max(lids, _open + share * (lids - _open) ?? lids);
        _downSince = lids < LidsDown * _open ? _downSince ?? at : null;
        if (at - _downSince >= NoBlink) _stirredAt = at;
    }

    private static bool Departs(ref double? usual, double now, double share, double by)
    {
        usual = usual + share * (now - usual) ?? now;
        return Math.Abs(now - usual.Value) >= by;
    }
}
