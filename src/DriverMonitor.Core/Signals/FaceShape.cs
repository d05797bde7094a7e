namespace DriverMonitor.Core.Signals;

/// <summary>
/// Raw distances on the head-fixed face (pose removed), in units of the distance between the outer eye corners.
/// They say nothing by themselves: action units come from their change against the same person's neutral face.
/// </summary>
public readonly record struct FaceShape
{
    /// <summary>Brow (inner third) to upper lid, mean of both sides. Falls with brow lowering (AU4), rises with AU1.</summary>
    public required double InnerBrowHeight { get; init; }

    /// <summary>Between the inner ends of the brows. Falls with brow lowering (AU4).</summary>
    public required double BrowGap { get; init; }

    /// <summary>Lid gap, mean of both eyes. Rises with lid raising (AU5).</summary>
    public required double LidGap { get; init; }

    /// <summary>Lower lid below the line of the eye's corners, mean of both eyes. Falls with lid tightening (AU7).</summary>
    public required double LowerLidDrop { get; init; }

    /// <summary>Nose bridge to nose wing, mean of both sides. Falls with nose wrinkling (AU9).</summary>
    public required double NoseWingDrop { get; init; }

    /// <summary>Nose base to the upper lip's edge. Falls with upper lip raising (AU10).</summary>
    public required double UpperLipDrop { get; init; }

    /// <summary>Mouth corners above the mouth's middle, mean of both. Rises with smiling (AU12).</summary>
    public required double MouthCornerLift { get; init; }

    /// <summary>Between the corners of the mouth. Rises with smiling (AU12).</summary>
    public required double MouthWidth { get; init; }

    /// <summary>Lower lip to chin. Falls with chin raising (AU17).</summary>
    public required double ChinDrop { get; init; }

    /// <summary>
    /// Red of both lips, top to bottom, without the gap between them. Falls with lip tightening and pressing (AU23/24).
    /// </summary>
    public required double LipHeight { get; init; }

    /// <summary>Gap between the lips. Rises with parting and jaw drop (AU25/26).</summary>
    public required double LipGap { get; init; }

    /// <summary>Whether every distance can be one: a file may say anything.</summary>
    public bool IsSound() =>
        Array.TrueForAll(
            [
                InnerBrowHeight,
                BrowGap,
                LidGap,
                LowerLidDrop,
                NoseWingDrop,
                UpperLipDrop,
                MouthCornerLift,
                MouthWidth,
                ChinDrop,
                LipHeight,
                LipGap,
            ],
            distance => Math.Abs(distance) < 100);
}
