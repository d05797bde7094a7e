using DriverMonitor.Core.Signals;

namespace DriverMonitor.Vision;

/// <summary>
/// Lets what the second network said of a face stand for a quarter of a second while neither lids nor mouth move: its input is
/// the mesh alone, and the same mesh gives the same answer. A lid that begins to fall is asked about at once.
/// </summary>
internal sealed class StillFace
{
    /// <summary>
    /// Aspect ratios of eyes and mouth. A blink takes an eye's from 0.3 to 0.1 within two pictures; one that is held open jitters
    /// by less than this.
    /// </summary>
    private const double Moved = 0.01;

    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(0.25);

    private FaceReading _face;
    private Blendshapes _shapes;
    private TimeSpan? _at;

    /// <summary>Null when the network must be asked.</summary>
    public Blendshapes? Shapes(TimeSpan at, in FaceReading face) =>
        at - _at is { } passed && passed > TimeSpan.Zero && passed < Holds && IsSame(face) ? _shapes : null;

    /// <summary>What the network said of this face.</summary>
    public void Keep(TimeSpan at, in FaceReading face, in Blendshapes shapes) => (_at, _face, _shapes) = (at, face, shapes);

    private bool IsSame(in FaceReading face) =>
        face.TrackId == _face.TrackId
        && IsNear(face.LeftEye.AspectRatio, _face.LeftEye.AspectRatio)
        && IsNear(face.RightEye.AspectRatio, _face.RightEye.AspectRatio)
        && IsNear(face.MouthOpen, _face.MouthOpen);

    private static bool IsNear(double? now, double? then) => Math.Abs(now - then ?? 1) < Moved;
}
