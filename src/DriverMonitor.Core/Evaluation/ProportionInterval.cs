namespace DriverMonitor.Core.Evaluation;

/// <summary>Intervals of shares. 95 % throughout.</summary>
public static class ProportionInterval
{
    // The 97.5 % point of the normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>Wilson's score interval (1927), which also holds for none, for all and for few.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt;= hits &lt;= trials, or no trial.</exception>
    public static Interval Wilson(long hits, long trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, trials);
        double n = trials, p = hits / n;
        var middle = p + Z * Z / (2 * n);
        var half = Z * Math.Sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        var scale = 1 + Z * Z / n;
        return new(hits == 0 ? 0 : (middle - half) / scale, hits == trials ? 1 : (middle + half) / scale);
    }

    /// <summary>Of the difference of two independent shares, first minus second: Newcombe 1998, method 10.</summary>
    public static Interval Difference(long hits, long trials, long otherHits, long otherTrials)
    {
        double p = hits / (double)trials, q = otherHits / (double)otherTrials;
        var (one, two) = (Wilson(hits, trials), Wilson(otherHits, otherTrials));
        return new(
            p - q - Math.Sqrt(Math.Pow(p - one.Lo, 2) + Math.Pow(two.Hi - q, 2)),
            p - q + Math.Sqrt(Math.Pow(one.Hi - p, 2) + Math.Pow(q - two.Lo, 2)));
    }

    /// <summary>
    /// Of F1 = 2TP / (2TP + FP + FN): TP / (TP + FP + FN) is a share J, and F1 = 2J / (1 + J) rises with it.
    /// </summary>
    public static Interval F1(long found, long falseOnes, long missed)
    {
        var share = Wilson(found, found + falseOnes + missed);
        return new(2 * share.Lo / (1 + share.Lo), 2 * share.Hi / (1 + share.Hi));
    }
}
