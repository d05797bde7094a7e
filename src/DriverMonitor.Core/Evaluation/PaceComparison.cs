namespace DriverMonitor.Core.Evaluation;

/// <summary>Whether something became slower or faster, or only noisier.</summary>
public enum PaceVerdict { TooFewPasses, NoDifference, Slower, Faster }

/// <summary>
/// Compares two series of measurements of the same thing. Other work on the machine only ever adds, so medians are compared,
/// and a
/// difference counts only where the resampled 95 % interval of their ratio leaves out <see cref="Tolerated"/> either way.
/// </summary>
/// <param name="Ratio">New median over old one.</param>
public sealed record PaceComparison(double Ratio, Interval? Interval, PaceVerdict Verdict)
{
    /// <summary>Less than three percent comes and goes with the layout of a build.</summary>
    public const double Tolerated = 0.03;

    public static PaceComparison Of(IReadOnlyList<double> older, IReadOnlyList<double> newer)
    {
        var ratio = Median(newer) / Median(older);
        if (older.Count < SubjectBootstrap.FewestSubjects || newer.Count < SubjectBootstrap.FewestSubjects)
            return new(ratio, null, PaceVerdict.TooFewPasses);
        var (old, now) = (Medians(older, SubjectBootstrap.Seed), Medians(newer, ~SubjectBootstrap.Seed));
        var ratios = now.Zip(old, (one, other) => one / other).Order().ToList();
        var interval = new Interval(Quantiles.OfSorted(ratios, 0.025), Quantiles.OfSorted(ratios, 0.975));
        return new(
            ratio, interval,
            interval.Lo > 1 + Tolerated ? PaceVerdict.Slower
            : interval.Hi < 1 - Tolerated ? PaceVerdict.Faster
            : PaceVerdict.NoDifference);
    }

    public static double Median(IReadOnlyList<double> values) => Quantiles.OfSorted([.. values.Order()], 0.5);

    private static List<double> Medians(IReadOnlyList<double> values, ulong seed) =>
        SubjectBootstrap.Values(values, drawn => Median(drawn), seed);
}
