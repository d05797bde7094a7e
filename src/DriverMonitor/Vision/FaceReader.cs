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

    /// <summary>
    /// A look lasts for seconds: the expression is asked twice a second at most, whatever the camera's rate. A run takes half as
    /// long as a mesh.
    /// </summary>
    private static readonly TimeSpan BetweenExpressions = TimeSpan.FromSeconds(0.5);

    private readonly VisionSettings _settings;
    private readonly PictureOrientation _orientation;
    private readonly DriverSeat _seat;
    private readonly FacePickup _pickup;
    private readonly RivalFaces _rivals;
    private readonly SecondFace _second;
    private readonly PictureMeter _meter = new();
    private readonly BackgroundMeter _background = new();
    private readonly TimeProvider _time;
    private CropArea? _tracked;
    private VehicleReading? _vehicle;
    private readonly MouthMotion _mouth = new();
    private readonly StillFace _still = new();
    private int _untilExpression;
    private int _expressionOf;
    private TimeSpan? _expressionAt;
    private (int Width, int Height) _size;

    /// <summary>Loads and verifies the models. Throws <see cref="ModelException"/>.</summary>
    public FaceReader(VisionSettings settings, PictureOrientation orientation, TimeProvider time)
    {
        _settings = settings;
        _time = time;
        _orientation = orientation;
        _seat = new DriverSeat(settings.Seat);
        var store = ModelStore.Open(settings);

        // Making a session takes 50 to 100 ms of one core: two at a time halve the wait for the first judged picture.
        FaceDetector? detector = null;
        FaceDetector? far = null;
        ExpressionModel? expression = null;
        BlendshapeModel? blendshapes = null;
        FaceMesh? mesh = null;
        try
        {
            Parallel.Invoke(
                () => mesh = new FaceMesh(store, time),
                () =>
                {
                    detector = new FaceDetector(store, settings.FarFace, time);
                    far = settings.FarFace ? detector : new FaceDetector(store, far: true, time);
                    if (settings.ExpressionEvery > 0) expression = new ExpressionModel(store, time);
                    if (settings.Blendshapes) blendshapes = new BlendshapeModel(store, time);
                });
        }
        catch (AggregateException e) when (e.InnerException is ModelException inner)
        {
            mesh?.Dispose();
            detector?.Dispose();
            far?.Dispose();
            expression?.Dispose();
            blendshapes?.Dispose();
            throw inner;
        }

        (Mesh, Detector, FarDetector, Expression, Blendshapes) = (mesh!, detector!, far!, expression, blendshapes);
        LoaderMemory.KeepWarm();
        _pickup = new FacePickup(Detector, FarDetector);
        _rivals = new RivalFaces(Mesh, orientation);
        _second = new SecondFace(Mesh, FarDetector, orientation);
    }

    public FaceMesh Mesh { get; }
    public FaceDetector Detector { get; }

    /// <summary>For faces that are small in the picture; the same as <see cref="Detector"/> where the settings say so.</summary>
    public FaceDetector FarDetector { get; }
    public ExpressionModel? Expression { get; }
    public BlendshapeModel? Blendshapes { get; }

    /// <summary>The networks that are loaded, each once.</summary>
    public IEnumerable<OnnxModel> Models =>
        new[] { Mesh.Model, Detector.Model, Expression?.Model, Blendshapes?.Model }.OfType<OnnxModel>();

    /// <summary>What reading the last picture took.</summary>
    public FaceTimes Took { get; private set; }

    /// <summary>Reads one picture. Call it in the order of the pictures.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="vehicle">What the vehicle says meanwhile: it helps to learn who drives.</param>
    public FaceReading Read(Frame frame, VehicleReading? vehicle = null)
    {
        Took = default;
        _vehicle = vehicle;
        return ReadFace(frame) with
        {
            Picture = _meter.Step(frame),
            BackgroundMotion = _background.Step(frame, _tracked, _orientation),
        };
    }

    /// <summary>The next picture does not follow the last one: the face is looked for anew.</summary>
    public void Reset() => _tracked = null;

    public void Dispose()
    {
        Mesh.Dispose();
        Detector.Dispose();
        if (FarDetector != Detector) FarDetector.Dispose();
        Expression?.Dispose();
        Blendshapes?.Dispose();
    }

    private FaceReading ReadFace(Frame frame)
    {
        var (width, height) = _orientation.UprightSize(frame);
        FollowSize(width, height);
        var rival = ReadSecond(frame);
        if (_tracked is { } crop && !IsUpsideDown(frame, crop) && Follow(frame, crop)) return Learn(frame, Measure(frame), rival);

        _tracked = null;
        if (ReadRivals(frame) is { } both) return both;
        var started = _time.GetTimestamp();
        var found = _pickup.Find(frame, _orientation);
        Took = Took with { Detection = Took.Detection + _time.GetElapsedTime(started) };
        var face = _seat.Choose(found, width, height, frame.At, out var ambiguous);
        if (ambiguous)
        {
            _rivals.Begin(_seat.Rivals.Larger, _seat.Rivals.Smaller, frame.At);
            return ReadRivals(frame) ?? new FaceReading { Sight = Sight.Ambiguous };
        }

        if (face is null || !Lay(frame, CropArea.ForMesh(face.Value))) return FaceReading.NoFace;
        return Measure(frame) with { RivalEye = _seat.IsKnown ? null : rival };
    }

    /// <summary>Before the driver's own face, on which the mesh must lie in the end.</summary>
    private EyeReading? ReadSecond(Frame frame)
    {
        if (_tracked is not { } driver) return null;
        if (_seat.IsKnown)
        {
            _second.Reset();
            return null;
        }

        var started = _time.GetTimestamp();
        var read = _second.Read(frame, driver);
        Took = Took with { Landmarks = Took.Landmarks + _time.GetElapsedTime(started) };
        return read;
    }

    private FaceReading Learn(Frame frame, in FaceReading face, EyeReading? rival)
    {
        var place = face.Place?.CentreX ?? 0.5;
        if (_second.Seen is not { } second)
        {
            if (rival is null) _seat.LearnAlone(frame.At, place, _vehicle);
        }
        else if (_seat.LearnBoth(frame.At, (place, face.Head?.YawDegrees), second, _vehicle))
        {
            _tracked = null;
        }

        return face with { RivalEye = rival };
    }

    /// <summary>A stream may change its size: the driver is elsewhere then, without having moved.</summary>
    private void FollowSize(int width, int height)
    {
        if (_size is { Width: > 0, Height: > 0 } last && last != (width, height))
        {
            _seat.Scale((double)width / last.Width, (double)height / last.Height);
            _tracked = null;
        }

        _size = (width, height);
    }

    private FaceReading? ReadRivals(Frame frame)
    {
        var started = _time.GetTimestamp();
        var both = _rivals.Read(frame);
        if (both is not null)
        {
            _second.Expect(frame.At);
            _seat.LearnBoth(frame.At, _rivals.Seen.Left, _rivals.Seen.Right, _vehicle);
        }

        Took = Took with { Landmarks = Took.Landmarks + _time.GetElapsedTime(started) };
        return both;
    }

    private bool IsUpsideDown(Frame frame, in CropArea crop)
    {
        var started = _time.GetTimestamp();
        var isUpsideDown = _pickup.IsUpsideDown(frame, _orientation, crop);
        Took = Took with { Detection = _time.GetElapsedTime(started) };
        return isUpsideDown;
    }

    private bool Follow(Frame frame, in CropArea crop) => LayMesh(frame, crop) && Keep(frame, crop);

    private bool Lay(Frame frame, in CropArea crop)
    {
        if (!LayMesh(frame, crop)) return false;
        var area = CropArea.ForMesh(Mesh.Landmarks);
        _seat.Follow(area, frame.At);
        _tracked = area;
        return true;
    }

    private bool LayMesh(Frame frame, in CropArea crop)
    {
        var started = _time.GetTimestamp();
        Mesh.Run(frame, _orientation, crop);
        Took = Took with { Landmarks = Took.Landmarks + _time.GetElapsedTime(started) };
        return Mesh.Presence >= LowestPresence;
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
        var (width, height) = _orientation.UprightSize(frame);
        var reading = FaceMeasurement.Read(Mesh.Landmarks, Mesh.Presence, _seat.TrackId, width, height);
        var shapes = ReadBlendshapes(frame.At, reading);
        _mouth.Update(frame.At, reading.MouthOpen);
        return reading with
        {
            LeftEye = reading.LeftEye with { Contrast = Mesh.EyeContrast.Left },
            RightEye = reading.RightEye with { Contrast = Mesh.EyeContrast.Right },
            Brightness = Mesh.Brightness,
            Light = Mesh.Light,
            Blendshapes = shapes,
            Expression = ReadExpression(frame, reading, shapes),
        };
    }

    private Blendshapes? ReadBlendshapes(TimeSpan at, in FaceReading reading)
    {
        if (Blendshapes is null) return null;
        if (_still.Shapes(at, reading) is { } same) return same;
        var started = _time.GetTimestamp();
        var read = Blendshapes.Read(Mesh.Landmarks);
        Took = Took with { Landmarks = Took.Landmarks + _time.GetElapsedTime(started) };
        _still.Keep(at, reading, read);
        return read;
    }

    private Expression? ReadExpression(Frame frame, in FaceReading reading, in Blendshapes? shapes)
    {
        if (Expression is null) return null;
        if (reading.TrackId != _expressionOf) (_expressionOf, _untilExpression, _expressionAt) = (reading.TrackId, 0, null);
        if (--_untilExpression > 0 || IsTooSoon(frame.At)) return null;
        if (_mouth.IsWideAndMoving) return null; // yawns look angry to it: 47 of 200 did
        (_untilExpression, _expressionAt) = (_settings.ExpressionEvery, frame.At);
        var started = _time.GetTimestamp();
        var read = Expression.Read(frame, _orientation, Mesh.Landmarks);
        Took = Took with { Expression = _time.GetElapsedTime(started) };
        return AngryLook.Fuse(read, shapes);
    }

    /// <summary>Who asks for every picture gets every picture.</summary>
    private bool IsTooSoon(TimeSpan at) => _settings.ExpressionEvery > 1
        && at - _expressionAt is { } passed && passed >= TimeSpan.Zero && passed < BetweenExpressions;
}
