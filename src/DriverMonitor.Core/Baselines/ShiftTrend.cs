namespace DriverMonitor.Core.Baselines;

/// <summary>
/// How a driver's shifts compare with the driver's own earlier ones; for the driver to see, for nobody to rank.
/// </summary>
/// <param name="Smoothed">Exponentially weighted mean, a fifth for the newest shift.</param>
/// <param name="IsUnusual">Three of the last five shifts lie a standard deviation above the mean of those before.</param>
public readonly record struct ShiftTrend(double Smoothed, bool IsUnusual)
{
    private const double NewestWeight = 0.2;
    private const int NeededShifts = 10, Recent = 5, HighOnes = 3;

    /// <summary>From one figure a shift, oldest first; null without any.</summary>
    public static ShiftTrend? Of(ReadOnlySpan<double> shifts)
    {
        if (shifts.IsEmpty) return null;
        double smoothed = shifts[0];
        foreach (double shift in shifts[1..]) smoothed += NewestWeight * (shift - smoothed);
        return new(smoothed, shifts.Length >= NeededShifts && IsHigh(shifts[..^Recent], shifts[^Recent..]));
    }

    private static bool IsHigh(ReadOnlySpan<double> earlier, ReadOnlySpan<double> recent)
    {
        double mean = 0, squares = 0;
        foreach (double shift in earlier) mean += shift / earlier.Length;
        foreach (double shift in earlier) squares += (shift - mean) * (shift - mean);
        double limit = mean + Math.Sqrt(squares / (earlier.Length - 1));

        int high = 0;
        foreach (double shift in recent)
            if (shift > limit) high++;
        return high >= HighOnes;
    }
}
