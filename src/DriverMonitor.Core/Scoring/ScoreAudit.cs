using MathNet.Numerics.Distributions;

namespace DriverMonitor.Core.Scoring;

/// <summary>
/// How honest a score is, measured against what was true: for the evaluation and its monthly report. Allocates.
/// </summary>
public static class ScoreAudit
{
    /// <summary>Mean squared distance between score and truth; 0 is perfect, 0.25 is a coin.</summary>
    public static double Brier(ReadOnlySpan<double> scores, ReadOnlySpan<bool> truth)
    {
        RequireSameLength(scores, truth);
        double sum = 0;
        for (int i = 0; i < scores.Length; i++) sum += Math.Pow(scores[i] - (truth[i] ? 1 : 0), 2);
        return sum / scores.Length;
    }

    /// <summary>
    /// Expected calibration error: how far the mean score of each equal-width bin lies from the share that was true, by
    /// the bin's size. The last bin holds 1 as well; empty bins do not count.
    /// </summary>
    public static double CalibrationError(ReadOnlySpan<double> scores, ReadOnlySpan<bool> truth, int bins = 10)
    {
        RequireSameLength(scores, truth);
        double[] gap = new double[bins];
        for (int i = 0; i < scores.Length; i++)
            gap[Math.Clamp((int)(scores[i] * bins), 0, bins - 1)] += scores[i] - (truth[i] ? 1 : 0);
        return gap.Sum(Math.Abs) / scores.Length;
    }

    /// <summary>Events an hour with the exact 95 % interval for rare events.</summary>
    public static (double PerHour, double Lo, double Hi) Rate(int events, double hours) => (
        events / hours,
        events == 0 ? 0 : ChiSquared.InvCDF(2 * events, 0.025) / 2 / hours,
        ChiSquared.InvCDF(2 * events + 2, 0.975) / 2 / hours);

    /// <summary>The rate that is not exceeded with 95 % certainty.</summary>
    public static double RateUpperBound(int events, double hours) => ChiSquared.InvCDF(2 * events + 2, 0.95) / 2 / hours;

    /// <summary>Wilson's 95 % interval of a share.</summary>
    public static (double Lo, double Hi) Share(int hits, int of)
    {
        const double Z = 1.959963984540054;
        double p = (double)hits / of, z2 = Z * Z / of;
        double middle = (p + z2 / 2) / (1 + z2), half = Z / (1 + z2) * Math.Sqrt(p * (1 - p) / of + z2 / (4 * of));
        return (middle - half, middle + half);
    }

    private static void RequireSameLength(ReadOnlySpan<double> scores, ReadOnlySpan<bool> truth)
    {
        if (scores.Length != truth.Length || scores.IsEmpty)
            throw new ArgumentException("One truth a score, and at least one.", nameof(truth));
    }
}
