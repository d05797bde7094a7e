using DriverMonitor.Core.Signals;

namespace DriverMonitor.Vision;

/// <summary>
/// Decides which of the faces is the driver's: the largest in the seat's region, and for a while after it was lost only
/// one that appears where it was. Another person's face never takes its place silently: it gets a new track number.
/// </summary>
internal sealed class DriverSeat(SeatRegion region)
{
    private readonly SeatLearner _learner = new();

    /// <summary>So long a lost face keeps its seat against others: leaning over takes two seconds.</summary>
    private static readonly TimeSpan Reserved = TimeSpan.FromSeconds(3);

    /// <summary>So long a face that returns to the same place counts as the same person.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    /// <summary>Two faces this alike in area leave open who drives.</summary>
    private const double AsLarge = 0.8;

    /// <summary>Two that were followed together stay two until one is plainly larger.</summary>
    private const double StillAsLarge = 0.6;

    /// <summary>
    /// Half as large, as the mesh measures it: a print on a shirt or the back seat, which must not drive when the driver's own
    /// face sinks out of sight.
    /// </summary>
    private const double FarSmaller = 0.45;

    /// <summary>In shares of the picture's width: so far from the learned place sits somebody else.</summary>
    private const double OtherSeat = 0.25;

    /// <summary>Nobody at the learned place for so long: it is learned anew.</summary>
    private static readonly TimeSpan PlaceForgotten = TimeSpan.FromSeconds(60);

    private TimeSpan? _rivalsAt;

    private CropArea? _last;
    private TimeSpan _lastAt;
    private bool _isMoved;

    public int TrackId { get; private set; }

    /// <summary>The two that could be the driver's, where it was left open last.</summary>
    public (DetectedFace Larger, DetectedFace Smaller) Rivals { get; private set; }

    /// <summary>Where the driver sits is set, or was learned.</summary>
    public bool IsKnown => region.Left > 0 || region.Right < 1 || _learner.Place is not null;

    /// <summary>The driver's face among those found, or null; <paramref name="ambiguous"/> if two could be it.</summary>
    public DetectedFace? Choose(ReadOnlySpan<DetectedFace> faces, int width, int height, TimeSpan at, out bool ambiguous)
    {
        ambiguous = false;
        if (_learner.Place is not null && (at - _lastAt).Duration() > PlaceForgotten) _learner.Reset();
        DetectedFace? largest = null, second = null, returned = null;
        foreach (var face in faces)
        {
            if (!Holds(face.CentreX / width, face.CentreY / height)) continue;
            if (IsWhereTheDriverWas(face) && (returned is null || face.Area > returned.Value.Area)) returned = face;
            if (largest is null || face.Area > largest.Value.Area) (largest, second) = (face, largest);
            else if (second is null || face.Area > second.Value.Area) second = face;
        }

        var away = _last is null ? TimeSpan.MaxValue : (at - _lastAt).Duration();
        if (returned is not null && away <= Remembered) return returned;
        if (largest is null || (away <= Reserved && !_isMoved)) return null;
        if (away <= Remembered && !_isMoved && CropArea.ForMesh(largest.Value).Side < FarSmaller * _last!.Value.Side) return null;

        var asLarge = (at - _rivalsAt)?.Duration() <= Reserved ? StillAsLarge : AsLarge;
        ambiguous = second is { } other && other.Area >= asLarge * largest.Value.Area;
        if (!ambiguous) return largest;
        _rivalsAt = at;
        Rivals = (largest.Value, second!.Value);
        return null;
    }

    /// <summary>The driver's face was alone in the picture.</summary>
    public void LearnAlone(TimeSpan at, double place, VehicleReading? vehicle) => _learner.UpdateAlone(at, place, vehicle);

    /// <summary>
    /// Two faces were in the picture, each with its place in shares of the width and its head's yaw. True once the second is
    /// known to be the driver's.
    /// </summary>
    public bool LearnBoth(
        TimeSpan at, (double Place, double? Yaw) followed, (double Place, double? Yaw) second, VehicleReading? vehicle)
    {
        _learner.UpdateBoth(at, followed, second, vehicle);
        if (_learner.Place != second.Place) return false;
        _last = null;
        return true;
    }

    /// <summary>The mesh lies on the driver's face, here.</summary>
    public void Follow(in CropArea area, TimeSpan at)
    {
        var away = (at - _lastAt).Duration();
        if (_last is null || (away > Reserved && !(away <= Remembered && IsNear(area)))) TrackId++;
        _last = area;
        _lastAt = at;
        _isMoved = false;
    }

    /// <summary>
    /// The pictures have another size from now on. Cut instead of scaled, they show the driver elsewhere: the seat is kept for
    /// nobody.
    /// </summary>
    public void Scale(double across, double down)
    {
        if (_last is { } last)
            _last = new(last.CentreX * across, last.CentreY * down, last.Side * Math.Sqrt(across * down), last.AngleRadians);
        _isMoved = true;
    }

    /// <summary>Whether a tracked face moved further in one step than a head can: then it is somebody else's.</summary>
    public static bool Jumped(in CropArea from, in CropArea to) =>
        Distance(from, to.CentreX, to.CentreY) > 0.33 * from.Side || to.Side > 1.6 * from.Side || to.Side < from.Side / 1.6;

    private bool Holds(double x, double y) =>
        region.Holds(x, y) && !(_learner.Place is { } place && Math.Abs(x - place) > OtherSeat);

    private bool IsWhereTheDriverWas(in DetectedFace face) => IsNear(CropArea.ForMesh(face));

    private bool IsNear(in CropArea area) =>
        _last is { } last && Distance(last, area.CentreX, area.CentreY) <= 0.5 * last.Side
        && area.Side < 2 * last.Side && area.Side > last.Side / 2;

    private static double Distance(in CropArea from, double x, double y)
    {
        var (dx, dy) = (from.CentreX - x, from.CentreY - y);
        return Math.Sqrt(dx * dx + dy * dy);
    }
}
