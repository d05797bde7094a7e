using DriverMonitor.Core.Assessment;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core;

/// <summary>How far the driver smiles, 0..1, against the same face at rest: what tells a long laugh from a yawn.</summary>
public sealed class SmileWatch
{
    // An opening this small is a mouth at rest, or nearly.
    private const double AtRest = 0.1;

    private readonly NeutralFace _neutral = new();

    /// <summary>Null until the face at rest is known, or while the shape cannot be read.</summary>
    public double? Step(TimeSpan at, in FaceReading face)
    {
        if (face.Shape is not { } shape) return null;
        if (face.MouthOpen < AtRest) _neutral.Learn(at, shape);
        return _neutral.Neutral is { } neutral ? ActionUnitMapper.Map(shape, neutral).Smiling : null;
    }
}
