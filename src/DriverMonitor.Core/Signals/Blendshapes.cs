namespace DriverMonitor.Core.Signals;

/// <summary>
/// Movements of the face as a network reads them off the mesh's points, 0 none to 1 as far as it goes. "Left" and "right"
/// are sides of an unmirrored picture, as in <see cref="FaceReading"/>.
/// </summary>
/// <remarks>No measure of a lid: shut eyes give 0.5 to 0.9 and open ones 0.02 to 0.3, from person to person.</remarks>
/// <param name="LeftBlink">The lid of the eye on the picture's left is down.</param>
/// <param name="RightBlink">Of the other.</param>
/// <param name="LookDown">The eyes turn down; as high in many shut eyes.</param>
/// <param name="BrowDown">The brows are drawn down and together.</param>
/// <param name="JawOpen">The jaw drops.</param>
/// <param name="Smile">The mouth's corners go up.</param>
/// <param name="MouthPress">The lips are pressed together.</param>
/// <param name="NoseSneer">The nose's wings go up.</param>
public readonly record struct Blendshapes(
    float LeftBlink,
    float RightBlink,
    float LookDown,
    float BrowDown,
    float JawOpen,
    float Smile,
    float MouthPress,
    float NoseSneer);
