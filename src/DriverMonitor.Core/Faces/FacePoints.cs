namespace DriverMonitor.Core.Faces;

/// <summary>
/// Which mesh point is what. "Left" is the left side of an unmirrored picture. Numbers of the 468-point face mesh
/// topology (MediaPipe's canonical face model), irises appended as 468 to 477.
/// </summary>
internal static class FacePoints
{
    /// <summary>Outer corner, two on the upper lid, inner corner, two on the lower lid: the order of the EAR formula.</summary>
    public static ReadOnlySpan<int> LeftEyeRing => [33, 160, 158, 133, 153, 144];
    public static ReadOnlySpan<int> RightEyeRing => [362, 385, 387, 263, 373, 380];

    public const int LeftEyeOuter = 33, LeftEyeInner = 133, LeftUpperLid = 159, LeftLowerLid = 145;
    public const int RightEyeOuter = 263, RightEyeInner = 362, RightUpperLid = 386, RightLowerLid = 374;
    public const int LeftIris = 468, RightIris = 473;

    public const int MouthLeftInner = 78, MouthRightInner = 308, MouthLeftCorner = 61, MouthRightCorner = 291;
    public const int UpperLipInner = 13, LowerLipInner = 14, UpperLipEdge = 0, LowerLipEdge = 17;

    public const int LeftBrowInner = 107, RightBrowInner = 336, LeftBrowMiddle = 66, RightBrowMiddle = 296;
    public const int NoseBridge = 168, NoseBase = 2, LeftNoseWing = 129, RightNoseWing = 358, Chin = 152;
}
