namespace DriverMonitor.Core.Assessment;

/// <summary>
/// The Karolinska sleepiness scale, 1 extremely alert to 9 fighting sleep. The map from a score is for display and for
/// asking back; no transferable one exists, personal offsets dominate (Ingre 2006).
/// </summary>
public static class SleepinessScale
{
    private static readonly EvidenceCurve Map = new((0, 3), (0.15, 5), (0.35, 6), (0.60, 7), (0.85, 8), (0.95, 9));

    /// <summary>The map holds until enough of our own drivers have answered; then it is fitted.</summary>
    public const bool IsCalibrated = false;

    public static ReadOnlySpan<double> MapScores => Map.Values;

    public static ReadOnlySpan<double> MapScale => Map.Evidence;

    /// <summary>The scale's equivalent of a fatigue score.</summary>
    public static double Equivalent(double p) => Map.At(p);
}
