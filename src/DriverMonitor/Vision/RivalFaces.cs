using DriverMonitor.Camera;
using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Vision;

/// <summary>
/// Two faces of which either may be the driver's: the mesh is laid on both, and the eyes of both are read. Every two seconds
/// the detector has its say again.
/// </summary>
internal sealed class RivalFaces(FaceMesh mesh, PictureOrientation orientation)
{
    private const double LowestPresence = 0.5;

    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(2);

    private (CropArea First, CropArea Second)? _areas;
    private TimeSpan _until;

    /// <summary>Of the last two that were read: place in shares of the width, yaw of the head.</summary>
    public ((double Place, double? Yaw) Left, (double Place, double? Yaw) Right) Seen { get; private set; }

    public void Begin(in DetectedFace first, in DetectedFace second, TimeSpan at)
    {
        _areas = (CropArea.ForMesh(first), CropArea.ForMesh(second));
        _until = at + Lasts;
    }

    /// <summary>The eyes of both; null where they are not two any more, or the detector has to look again.</summary>
    public FaceReading? Read(Frame frame)
    {
        if (_areas is not { } areas) return null;
        _areas = null;
        if (frame.At >= _until || _until - frame.At > Lasts) return null;
        if (Lay(frame, areas.First, 0) is not { } first || Lay(frame, areas.Second, 1) is not { } second) return null;
        var (dx, dy) = (first.Area.CentreX - second.Area.CentreX, first.Area.CentreY - second.Area.CentreY);
        if (dx * dx + dy * dy < first.Area.Side * first.Area.Side / 16) return null; // both meshes lie on one face

        _areas = (first.Area, second.Area);
        var (left, right) = dx < 0 ? (first.Face, second.Face) : (second.Face, first.Face);
        Seen = (SeenIn(left), SeenIn(right));
        return new FaceReading
        {
            Sight = Sight.Ambiguous, Presence = Math.Min(left.Presence, right.Presence), LeftEye = BetterSeen(left),
            RightEye = BetterSeen(right),
        };
    }

    private (CropArea Area, FaceReading Face)? Lay(Frame frame, in CropArea area, int face)
    {
        mesh.Run(frame, orientation, area, face);
        if (mesh.Presence < LowestPresence) return null;
        var (width, height) = orientation.UprightSize(frame);
        var read = FaceMeasurement.Read(mesh.Landmarks, mesh.Presence, trackId: 0, width, height);
        return (CropArea.ForMesh(mesh.Landmarks), read);
    }

    private static (double Place, double? Yaw) SeenIn(in FaceReading face) =>
        (face.Place?.CentreX ?? 0.5, face.Head?.YawDegrees);

    private static EyeReading BetterSeen(in FaceReading face) =>
        face.LeftEye.Visibility >= face.RightEye.Visibility ? face.LeftEye : face.RightEye;
}
