namespace DriverMonitor.Core.Signals;

/// <summary>What a picture said about the driver's presence.</summary>
public enum Sight
{
    /// <summary>No picture came: the camera is lost, covered by nothing we know, or late.</summary>
    NoFrame,

    /// <summary>A picture without a face where the driver sits.</summary>
    NoFace,

    /// <summary>
    /// Faces, but which of them drives cannot be said. The eyes of such a reading are one of each face, in the picture's order.
    /// </summary>
    Ambiguous,

    /// <summary>The driver's face.</summary>
    Driver,

    /// <summary>No picture on purpose: the camera is closed while the vehicle is switched off.</summary>
    Asleep,
}

/// <summary>
/// The driver's face in one picture, as measured and not yet judged. "Left" and "right" are sides of an unmirrored
/// picture (so the left eye of a reading is the driver's right one); angles are the driver's own.
/// </summary>
public readonly record struct FaceReading
{
    public static readonly FaceReading NoFrame = new() { Sight = Sight.NoFrame };
    public static readonly FaceReading Asleep = new() { Sight = Sight.Asleep };
    public static readonly FaceReading NoFace = new() { Sight = Sight.NoFace };

    public required Sight Sight { get; init; }

    /// <summary>How sure the mesh is that it lies on a face, 0..1.</summary>
    public double Presence { get; init; }

    /// <summary>Changes when the face was lost and another one (or the same, elsewhere) was picked up.</summary>
    public int TrackId { get; init; }

    public EyeReading LeftEye { get; init; }
    public EyeReading RightEye { get; init; }

    /// <summary>Height of the gap between the lips over the mouth's width; 0 closed, about 0.35 and more in a yawn.</summary>
    public double? MouthOpen { get; init; }

    public HeadPose? Head { get; init; }
    public Gaze? Gaze { get; init; }
    public FaceShape? Shape { get; init; }

    /// <summary>What the muscles do, by a second network on the same mesh; null where it does not run.</summary>
    public Blendshapes? Blendshapes { get; init; }

    /// <summary>Null in frames where the model did not run: it runs every few frames and never on a wide open mouth.</summary>
    public Expression? Expression { get; init; }

    /// <summary>Mean brightness of the face's pixels, 0 black to 1 white.</summary>
    public double? Brightness { get; init; }

    /// <summary>The light on the face; null when it was not measured.</summary>
    public FaceLight? Light { get; init; }

    /// <summary>How good the whole picture is, with a face in it or without; null when it was not measured.</summary>
    public PictureQuality? Picture { get; init; }

    /// <summary>
    /// Share of the background that moved in the last second, 0..1: the windows of a vehicle that rolls; null when it was not
    /// measured.
    /// </summary>
    public double? BackgroundMotion { get; init; }

    /// <summary>Where in the picture the face is; null when it was not measured.</summary>
    public FacePlace? Place { get; init; }

    /// <summary>
    /// The better seen eye of a second face that may be the driver's as well; null where there is none, or it is known who
    /// drives.
    /// </summary>
    public EyeReading? RivalEye { get; init; }

    /// <summary>How sure a detector is that the driver's hand holds a phone, 0..1; null when nobody looked.</summary>
    public double? PhoneSeen { get; init; }

    /// <summary>How sure an operator's own network is that the belt is worn, 0..1; null when nobody looked.</summary>
    public double? BeltWorn { get; init; }

    /// <summary>The driver's hands; null when nobody looked.</summary>
    public HandsReading? Hands { get; init; }
}

/// <summary>One eye.</summary>
/// <param name="AspectRatio">EAR: lid gap over width, in pixels.</param>
/// <param name="Visibility">How well it can be seen, 0..1, by where it is.</param>
/// <param name="Contrast">From dark to bright in what is shown where the eye is drawn, on the scale of
/// <see cref="FaceLight"/>.</param>
public readonly record struct EyeReading(double? AspectRatio, double Visibility, double? Contrast = null);

/// <summary>
/// Degrees, driver-centred: yaw + to the driver's right, pitch + up, roll + towards the driver's left shoulder.
/// </summary>
public readonly record struct HeadPose(double YawDegrees, double PitchDegrees, double RollDegrees);

/// <summary>Where the eyes point relative to the camera, in degrees; signs as in <see cref="HeadPose"/>.</summary>
/// <param name="YawDegrees">+ to the driver's right.</param>
/// <param name="PitchDegrees">+ up.</param>
/// <param name="Quality">0..1; low when the lids cover the iris or the head is turned far.</param>
public readonly record struct Gaze(double YawDegrees, double PitchDegrees, double Quality);

/// <summary>Probabilities of the seven expressions; they sum to 1.</summary>
public readonly record struct Expression(
    float Neutral, float Happy, float Sad, float Angry, float Fearful, float Disgusted, float Surprised);
