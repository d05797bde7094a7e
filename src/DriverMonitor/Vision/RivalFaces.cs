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
        if (Lay(frame, areas.First) is not { } first || Lay(frame, areas.Second) is not { } second) return null;
        var (dx, dy) = (first.Area.CentreX - second.Area.CentreX, first.Area.CentreY - second.Area.CentreY);
        if (dx * dx + dy * dy < first.Area.Side * first.Area.Side / 16) return null; // both meshes lie on one face

        _areas = (first.Area, second.Area);
        var (left, right) = dx < 0 ? (first, second) : (second, first);
        return new FaceReading
        {
            Sight = Sight.Ambiguous, Presence = Math.Min(left.Presence, right.Presence), LeftEye = left.Eye, RightEye = right.Eye,
        };
    }

    private (CropArea Area, EyeReading Eye, double Presence)? Lay(Frame frame, in CropArea area)
    {
        mesh.Run(frame, orientation, area);
        if (mesh.Presence < LowestPresence) return null;
        var (width, height) = orientation.UprightSize(frame);
        var read = FaceMeasurement.Read(mesh.Landmarks, mesh.Presence, trackId: 0, width, height);
        return (CropArea.ForMesh(mesh.Landmarks), BetterSeen(read), mesh.Presence);
    }

    private static EyeReading BetterSeen(in FaceReading face) =>
        face.LeftEye.Visibility >= face.RightEye.Visibility ? face.LeftEye : face.RightEye;
}
