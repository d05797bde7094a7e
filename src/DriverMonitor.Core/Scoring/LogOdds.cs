namespace DriverMonitor.Core.Scoring;

/// <summary>
/// The scale on which evidence adds up. A score is a probability P between 0 and 1; its log-odds are ln(P / (1 - P)),
/// so that 0 is even and each cue moves the sum by its own amount.
/// </summary>
public static class LogOdds
{
    public static double ToProbability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    public static double Of(double probability) => Math.Log(probability / (1 - probability));

    /// <summary>
    /// Moves <paramref name="now"/> towards <paramref name="target"/> as an exact first-order filter, so that the result
    /// does not depend on how often it is asked.
    /// </summary>
    public static double Approach(double now, double target, TimeSpan passed, TimeSpan rise, TimeSpan fall)
    {
        if (passed <= TimeSpan.Zero) return now;
        return now + (1 - Math.Exp(-passed / (target > now ? rise : fall))) * (target - now);
    }
}
