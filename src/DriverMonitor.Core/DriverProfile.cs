using DriverMonitor.Core.Assessment;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core;

/// <summary>
/// All that is kept of one driver between drives: middles and spreads, never a series, a picture, or a name. Every part may
/// be missing.
/// </summary>
public sealed record DriverProfile
{
    /// <summary>Open apertures of the eyes on the picture's left and right; may rise at once and fall only slowly.</summary>
    public double? LeftEyeOpen { get; init; }

    public double? RightEyeOpen { get; init; }
    public NormProfile? LnBlinkDuration { get; init; }
    public NormProfile? BlinkRate { get; init; }
    public NormProfile? HeadMotion { get; init; }
    public NormProfile? GazeSpread { get; init; }
    public NormProfile? RoadCentre { get; init; }
    public NormProfile? AngryLook { get; init; }
    public HeartProfile? Heart { get; init; }

    /// <summary>The face at rest.</summary>
    public FaceShape? Neutral { get; init; }
}
