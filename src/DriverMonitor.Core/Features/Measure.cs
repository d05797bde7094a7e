namespace DriverMonitor.Core.Features;

/// <summary>A measured value, how far it can be believed (0..1), and what stands in the way where it cannot. Missing is not zero.</summary>
public readonly record struct Measure(double? Value, double Quality, Obstacle Obstacle)
{
    // Belief this small is none; engineering judgement.
    private const double LeastQuality = 0.1;

    public static Measure Of(double? value, double quality, Obstacle otherwise) =>
        value is { } v && double.IsFinite(v) && quality >= LeastQuality ? new(v, Math.Min(quality, 1), Obstacle.None) : new(null, 0, otherwise);
}

/// <summary>Why something is not measured, or not well.</summary>
public enum Obstacle { None, NoFace, EyesNotVisible, EyeSignalTooSmall, LowFrameRate, TooFewBlinks, WindowTooShort }
