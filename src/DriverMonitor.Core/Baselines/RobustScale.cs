namespace DriverMonitor.Core.Baselines;

/// <summary>Middle and spread that a few wild values cannot move: median, and median distance from it.</summary>
/// <param name="Median">Mean of the two middle values when their number is even.</param>
/// <param name="Spread">1.4826 times the median absolute deviation, which equals the standard deviation of a normal.</param>
public readonly record struct RobustScale(double Median, double Spread)
{
    private const double NormalFactor = 1.4826;

    /// <summary>Distance of <paramref name="x"/> in spreads, at least <paramref name="floor"/> wide, clamped.</summary>
    public double Z(double x, double floor, double largest) =>
        Math.Clamp((x - Median) / Math.Max(Spread, floor), -largest, largest);

    /// <summary>Sorts <paramref name="values"/> in place and overwrites them.</summary>
    public static RobustScale OfInPlace(Span<double> values)
    {
        values.Sort();
        double median = Middle(values);
        for (int i = 0; i < values.Length; i++) values[i] = Math.Abs(values[i] - median);
        values.Sort();
        return new(median, NormalFactor * Middle(values));
    }

    /// <summary>Middle of sorted values.</summary>
    internal static double Middle(ReadOnlySpan<double> sorted)
    {
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
