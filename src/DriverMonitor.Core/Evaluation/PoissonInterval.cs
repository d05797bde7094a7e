namespace DriverMonitor.Core.Evaluation;

/// <summary>The exact 95 % interval of a Poisson count (Garwood 1936), for rates such as false alerts an hour.</summary>
public static class PoissonInterval
{
    private const double Tail = 0.025;

    // Above this many, bisection over the exact distribution and the cube-root approximation agree to six digits.
    private const long Many = 100_000;

    /// <summary>Of the expected count behind <paramref name="count"/> seen ones.</summary>
    public static Interval Of(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count > Many) return new(WilsonHilferty(count, -1.959963984540054), WilsonHilferty(count + 1, 1.959963984540054));
        return new(
            count == 0 ? 0 : Solve(mean => 1 - Cumulative(count - 1, mean), Tail, count, isRising: true),
            Solve(mean => Cumulative(count, mean), Tail, count, isRising: false));
    }

    /// <summary>Probability of at most <paramref name="count"/> where <paramref name="mean"/> are expected.</summary>
    public static double Cumulative(long count, double mean) => mean <= 0 ? 1 : 1 - IncompleteGamma.Lower(count + 1, mean);

    private static double Solve(Func<double, double> probability, double target, long count, bool isRising)
    {
        double lo = 0, hi = count + 10 * Math.Sqrt(count + 1) + 10;
        for (var i = 0; i < 200 && hi - lo > 1e-12 * hi; i++)
        {
            var middle = (lo + hi) / 2;
            if (probability(middle) < target == isRising) lo = middle;
            else hi = middle;
        }

        return (lo + hi) / 2;
    }

    private static double WilsonHilferty(double shape, double z) =>
        shape * Math.Pow(1 - 1 / (9 * shape) + z / (3 * Math.Sqrt(shape)), 3);
}
