namespace DriverMonitor.Core.Evaluation;

/// <summary>How far a score that looks like a probability is one: of those scored 0.7, seven in ten should be positive.</summary>
/// <param name="Brier">Mean squared difference of score and outcome (Brier 1950): 0 perfect, 0.25 for saying 0.5 always.</param>
/// <param name="ExpectedError">Mean distance of a bin's score from its share of positives, weighted by its size.</param>
/// <param name="Bins">Ten of equal width; empty ones are left out.</param>
public sealed record Reliability(double Brier, double ExpectedError, IReadOnlyList<ReliabilityBin> Bins)
{
    private const int Parts = 10;

    /// <summary>Null without a sample; scores outside 0..1 are no probabilities and are left out.</summary>
    public static Reliability? Of(IReadOnlyCollection<ScoredSample> samples)
    {
        var (count, scored, hits) = (new long[Parts], new double[Parts], new long[Parts]);
        double squares = 0;
        long all = 0;
        foreach (var (score, isPositive) in samples)
        {
            if (!(score >= 0 && score <= 1)) continue;
            var bin = Math.Min(Parts - 1, (int)(score * Parts));
            (count[bin], scored[bin], hits[bin]) = (count[bin] + 1, scored[bin] + score, hits[bin] + (isPositive ? 1 : 0));
            var off = score - (isPositive ? 1 : 0);
            (squares, all) = (squares + off * off, all + 1);
        }

        if (all == 0) return null;
        var bins = Enumerable.Range(0, Parts).Where(bin => count[bin] > 0)
            .Select(bin => new ReliabilityBin(scored[bin] / count[bin], hits[bin], count[bin])).ToList();
        return new(squares / all, bins.Sum(bin => bin.Count * Math.Abs(bin.MeanScore - bin.Share)) / all, bins);
    }
}

/// <summary>Samples of about one score.</summary>
public readonly record struct ReliabilityBin(double MeanScore, long Positives, long Count)
{
    public double Share => Positives / (double)Count;
}
