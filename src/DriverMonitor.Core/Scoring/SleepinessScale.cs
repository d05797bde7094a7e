namespace DriverMonitor.Core.Scoring;

/// <summary>
/// The Karolinska sleepiness scale, 1 extremely alert to 9 fighting sleep. The map from a score is for display and for
/// asking back; no transferable one exists, personal offsets dominate (Ingre 2006).
/// </summary>
public static class SleepinessScale
{
    /// <summary>The map holds until enough of our own drivers have answered; then it is fitted.</summary>
    public const bool IsCalibrated = false;

    /// <summary>The scale's equivalent of a fatigue score by the settings' map.</summary>
    public static double Equivalent(FatigueSettings settings, double p) => Math.Clamp(settings.SleepinessMap.At(p), 1, 9);
}
