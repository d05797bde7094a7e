namespace DriverMonitor.Fleet.Rates;

/// <summary>How sure a rate is.</summary>
/// <param name="Value">Per 100 hours.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end.</param>
internal readonly record struct RateInterval(double Value, double Low, double High)
{
    /// <summary>Of the standard normal distribution, 97.5 %.</summary>
    private const double Z = 1.959964;

    /// <summary>
    /// Counts are taken for Poisson; Byar's approximation of the exact limits (Breslow and Day, IARC 1987, volume II, page 69) is
    /// within 2 % of them from the first count on.
    /// </summary>
    /// <param name="hours">More than 0.</param>
    public static RateInterval Of(long count, double hours)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hours);
        var (low, high) = (count == 0 ? 0 : Limit(count, -Z), Limit(count + 1, Z));
        return new(100 * count / hours, 100 * low / hours, 100 * high / hours);
    }

    private static double Limit(double count, double z) =>
        count * Math.Pow(1 - (1 / (9 * count)) + (z / (3 * Math.Sqrt(count))), 3);
}
