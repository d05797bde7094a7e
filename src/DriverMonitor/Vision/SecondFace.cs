using DriverMonitor.Camera;
using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Vision;

/// <summary>
/// Looks for a second face beside the one that is taken for the driver's, and reads its eyes, while it is not known on which side
/// the driver sits. The larger face need not be the driver's: a passenger may sit nearer to the camera.
/// </summary>
/// <param name="mesh">Laid on the driver's face as well; each keeps its own light.</param>
/// <param name="detector">The one for far faces: beside a driver who fills half of the picture a passenger is small to the other.</param>
/// <param name="orientation">Of the camera.</param>
internal sealed class SecondFace(FaceMesh mesh, FaceDetector detector, PictureOrientation orientation)
{
    private const double LowestPresence = 0.5;

    /// <summary>Smaller faces sit on the back seat, twice as far away.</summary>
    private const double LeastShare = 0.25;

    private const double BoxOverMesh = 0.7;

    /// <summary>With this and the patience before it is told, a second face is told within three seconds.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(0.9);

    /// <summary>A face that was lost is looked for so long before it counts as gone.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(3);

    private CropArea? _area;
    private TimeSpan? _lookedAt;
    private TimeSpan? _seenAt;

    /// <summary>Of the last picture: its place in shares of the width and its head's yaw.</summary>
    public (double Place, double? Yaw)? Seen { get; private set; }

    /// <summary>Two faces were followed until now, and one of them was lost.</summary>
    public void Expect(TimeSpan at) => _seenAt = at;

    public void Reset() => (_area, _lookedAt, _seenAt, Seen) = (null, null, null, null);

    /// <summary>
    /// Its better seen eye; one that is not visible while the face is looked for, null where there is none. The mesh lies on it
    /// afterwards.
    /// </summary>
    public EyeReading? Read(Frame frame, in CropArea driver)
    {
        Seen = null;
        if (_area is null && IsDue(frame.At)) Look(frame, driver);
        if (_area is { } area && Lay(frame, area, driver) is { } eye)
        {
            _seenAt = frame.At;
            return eye;
        }

        _area = null;
        if (frame.At - _seenAt is { } lost && lost >= TimeSpan.Zero && lost <= Kept) return default(EyeReading);
        _seenAt = null;
        return null;
    }

    private bool IsDue(TimeSpan at) => !(at - _lookedAt is { } passed && passed >= TimeSpan.Zero && passed < LookEvery);

    private void Look(Frame frame, in CropArea driver)
    {
        _lookedAt = frame.At;
        // A face that stands on its head is found well only in a picture that is turned.
        var isTurned = Math.Abs(driver.AngleRadians) > Math.PI / 2;
        var size = orientation.UprightSize(frame);
        DetectedFace? largest = null, own = null;
        foreach (ref readonly var found in detector.Find(frame, isTurned ? orientation.UpsideDown : orientation))
        {
            var face = isTurned ? found.Turned(size) : found;
            if (IsNear(driver, face.CentreX, face.CentreY)) own ??= face;
            else if (!(face.Area <= largest?.Area)) largest = face;
        }

        // A detector's box is smaller than the mesh's.
        var least = LeastShare * (own?.Area ?? BoxOverMesh * driver.FaceArea);
        _area = largest is { } second && second.Area >= least ? CropArea.ForMesh(second) : null;
    }

    private EyeReading? Lay(Frame frame, in CropArea area, in CropArea driver)
    {
        mesh.Run(frame, orientation, area, face: 1);
        if (mesh.Presence < LowestPresence) return null;
        var next = CropArea.ForMesh(mesh.Landmarks);
        if (DriverSeat.Jumped(area, next) || IsNear(driver, next.CentreX, next.CentreY)) return null;
        _area = next;
        var (width, height) = orientation.UprightSize(frame);
        var face = FaceMeasurement.Read(mesh.Landmarks, mesh.Presence, trackId: 0, width, height);
        Seen = (next.CentreX / width, face.Head?.YawDegrees);
        return face.LeftEye.Visibility >= face.RightEye.Visibility ? face.LeftEye : face.RightEye;
    }

    private static bool IsNear(in CropArea driver, double x, double y)
    {
        var (dx, dy) = (driver.CentreX - x, driver.CentreY - y);
        return dx * dx + dy * dy < driver.Side * driver.Side / 9;
    }
}
