namespace DriverMonitor.Core.Evaluation;

/// <summary>One judged sample: what it was scored, and whether it was what is looked for.</summary>
public readonly record struct ScoredSample(double Score, bool IsPositive);

/// <summary>How well a score tells two classes apart, whatever the threshold.</summary>
public sealed class RocCurve
{
    private RocCurve(double area, long positives, long negatives, IReadOnlyList<RocPoint> points) =>
        (Area, Positives, Negatives, Points) = (area, positives, negatives, points);

    /// <summary>Probability that a positive scores higher than a negative, ties counting half (Mann and Whitney).</summary>
    public double Area { get; }

    public long Positives { get; }

    public long Negatives { get; }

    /// <summary>From (0, 0) to (1, 1), one a threshold.</summary>
    public IReadOnlyList<RocPoint> Points { get; }

    /// <summary>Null where one of the classes is absent.</summary>
    public static RocCurve? Of(IEnumerable<ScoredSample> samples)
    {
        var sorted = samples.Where(sample => double.IsFinite(sample.Score)).OrderByDescending(sample => sample.Score).ToArray();
        long positives = sorted.LongCount(sample => sample.IsPositive), negatives = sorted.Length - positives;
        if (positives == 0 || negatives == 0) return null;
        var points = new List<RocPoint> { new(0, 0, double.PositiveInfinity) };
        long hits = 0, alarms = 0;
        double area = 0;
        for (var i = 0; i < sorted.Length;)
        {
            var (score, before, falseBefore) = (sorted[i].Score, hits, alarms);
            for (; i < sorted.Length && sorted[i].Score == score; i++)
                if (sorted[i].IsPositive) hits++;
                else alarms++;
            area += (alarms - falseBefore) * (hits + before) / 2.0;
            points.Add(new(alarms / (double)negatives, hits / (double)positives, score));
        }

        return new(area / positives / negatives, positives, negatives, points);
    }

    /// <summary>Standard error of the area for independent samples: Hanley and McNeil 1982.</summary>
    public static double StandardError(double area, long positives, long negatives)
    {
        var (q1, q2) = (area / (2 - area), 2 * area * area / (1 + area));
        return Math.Sqrt(
            (area * (1 - area) + (positives - 1) * (q1 - area * area) + (negatives - 1) * (q2 - area * area))
            / ((double)positives * negatives));
    }

    /// <summary>For independent samples, such as stills of different people; kept within 0..1.</summary>
    public Interval IndependentInterval()
    {
        var half = 1.959963984540054 * StandardError(Area, Positives, Negatives);
        return new(Math.Max(0, Area - half), Math.Min(1, Area + half));
    }
}

/// <summary>One threshold of a curve.</summary>
/// <param name="FalseShare">Share of negatives at or above it.</param>
/// <param name="HitShare">Share of positives at or above it.</param>
public readonly record struct RocPoint(double FalseShare, double HitShare, double Threshold);
