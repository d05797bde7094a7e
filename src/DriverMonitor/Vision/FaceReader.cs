using DriverMonitor.Camera;
using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Vision;

/// <summary>
/// From a picture to a reading of the driver's face. The detector only picks the face up; the mesh's crop then follows
/// its own last landmarks. Allocates nothing once warm.
/// </summary>
internal sealed class FaceReader : IDisposable
{
    /// <summary>Below this the mesh does not believe in its face, and neither do we.</summary>
    private const double LowestPresence = 0.5;

    private readonly VisionSettings _settings;
    private readonly PictureOrientation _orientation;
    private readonly DriverSeat _seat;
    private readonly PictureMeter _meter = new();
    private CropArea? _tracked;
    private int _sinceExpression;

    /// <summary>Loads and verifies the models. Throws <see cref="ModelException"/>.</summary>
    public FaceReader(VisionSettings settings, PictureOrientation orientation, TimeProvider time)
    {
        _settings = settings;
        _orientation = orientation;
        _seat = new DriverSeat(settings.Seat);
        var store = new ModelStore(settings.ModelFolder ?? ModelStore.DefaultFolder());

        // Making a session takes 50 to 100 ms of one core: two at a time halve the wait for the first judged picture.
        FaceDetector? detector = null;
        ExpressionModel? expression = null;
        FaceMesh? mesh = null;
        try
        {
            Parallel.Invoke(
                () => mesh = new FaceMesh(store, time),
                () =>
                {
                    detector = new FaceDetector(store, settings.FarFace, time);
                    if (settings.ExpressionEvery > 0) expression = new ExpressionModel(store, time);
                });
        }
        catch (AggregateException e) when (e.InnerException is ModelException inner)
        {
            mesh?.Dispose();
            detector?.Dispose();
            expression?.Dispose();
            throw inner;
        }

        (Mesh, Detector, Expression) = (mesh!, detector!, expression);
    }

    public FaceMesh Mesh { get; }
    public FaceDetector Detector { get; }
    public ExpressionModel? Expression { get; }

    /// <summary>Reads one picture. Call it in the order of the pictures.</summary>
    public FaceReading Read(Frame frame) => ReadFace(frame) with { Picture = _meter.Step(frame) };

    public void Dispose()
    {
        Mesh.Dispose();
        Detector.Dispose();
        Expression?.Dispose();
    }

    private FaceReading ReadFace(Frame frame)
    {
        if (_tracked is { } crop && Follow(frame, crop)) return Measure(frame);

        _tracked = null;
        var (width, height) = UprightSize(frame);
        var face = _seat.Choose(Detector.Find(frame, _orientation), width, height, frame.At, out var ambiguous);
        if (ambiguous) return new FaceReading { Sight = Sight.Ambiguous };
        if (face is null || !Lay(frame, CropArea.ForMesh(face.Value))) return FaceReading.NoFace;
        return Measure(frame);
    }

    private bool Follow(Frame frame, in CropArea crop)
    {
        Mesh.Run(frame, _orientation, crop);
        return Mesh.Presence >= LowestPresence && Keep(frame, crop);
    }

    private bool Lay(Frame frame, in CropArea crop)
    {
        Mesh.Run(frame, _orientation, crop);
        if (Mesh.Presence < LowestPresence) return false;
        var area = CropArea.ForMesh(Mesh.Landmarks);
        _seat.Follow(area, frame.At);
        _tracked = area;
        return true;
    }

    private bool Keep(Frame frame, in CropArea crop)
    {
        var area = CropArea.ForMesh(Mesh.Landmarks);
        if (DriverSeat.Jumped(crop, area)) return false;
        _seat.Follow(area, frame.At);
        _tracked = area;
        return true;
    }

    private FaceReading Measure(Frame frame)
    {
        var (width, height) = UprightSize(frame);
        var reading = FaceMeasurement.Read(Mesh.Landmarks, Mesh.Presence, _seat.TrackId, width, height);
        return reading with { Brightness = Mesh.Brightness, Expression = ReadExpression(frame, reading) };
    }

    private Expression? ReadExpression(Frame frame, in FaceReading reading)
    {
        if (Expression is null || ++_sinceExpression < _settings.ExpressionEvery) return null;
        if (reading.MouthOpen > MouthAspect.WideOpen) return null; // yawns look angry to it: 47 of 200 did
        _sinceExpression = 0;
        return Expression.Read(frame, _orientation, Mesh.Landmarks);
    }

    private (int Width, int Height) UprightSize(Frame frame) =>
        _orientation.SwapsSides ? (frame.Height, frame.Width) : (frame.Width, frame.Height);
}
