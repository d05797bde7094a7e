namespace DriverMonitor.Core.HeartRate;

/// <summary>
/// The time-domain figures of one window, over kept beats only; null where they cannot be said. Differences are formed
/// only between neighbours of one segment. Definitions as in the Task Force report of 1996 unless said otherwise.
/// </summary>
public readonly record struct HeartVariability
{
    /// <summary>Kept beats.</summary>
    public int Beats { get; private init; }

    /// <summary>Differences between kept neighbours.</summary>
    public int Pairs { get; private init; }

    public double? MeanRrMs { get; private init; }

    /// <summary>60000 over the mean interval, which is not the mean of the rates.</summary>
    public double? BeatsPerMinute => 60_000 / MeanRrMs;

    /// <summary>Standard deviation of the intervals, with n - 1.</summary>
    public double? SdnnMs { get; private init; }

    /// <summary>Root mean square of the differences.</summary>
    public double? RmssdMs { get; private init; }

    /// <summary>Percent of differences larger than 50 ms, strictly.</summary>
    public double? Pnn50 { get; private init; }

    public double? Pnn20 { get; private init; }

    /// <summary>Width of the Poincaré cloud, from the variance of the differences.</summary>
    public double? Sd1Ms { get; private init; }

    /// <summary>Its length; 0 where short windows make the radicand negative.</summary>
    public double? Sd2Ms { get; private init; }

    /// <summary>Square root of Baevsky's stress index. Null when all intervals are equal.</summary>
    public double? SqrtStressIndex { get; private init; }

    /// <summary>Measures the beats marked in <paramref name="kept"/>.</summary>
    public static HeartVariability Of(ReadOnlySpan<Beat> beats, ReadOnlySpan<bool> kept, double stressIndexBinMs = 50)
    {
        int n = 0;
        double sum = 0;
        for (int i = 0; i < beats.Length; i++)
        {
            if (!kept[i]) continue;
            n++;
            sum += beats[i].RrMs;
        }

        if (n == 0) return default;
        double mean = sum / n;
        double? variance = Variance(beats, kept, mean, n);
        var steps = Differences.Of(beats, kept);
        return new()
        {
            Beats = n,
            Pairs = steps.Count,
            MeanRrMs = mean > 0 ? mean : null,
            SdnnMs = Root(variance),
            RmssdMs = steps.Count > 0 ? Math.Sqrt(steps.Squares / steps.Count) : null,
            Pnn50 = steps.Count > 0 ? 100.0 * steps.Over50 / steps.Count : null,
            Pnn20 = steps.Count > 0 ? 100.0 * steps.Over20 / steps.Count : null,
            Sd1Ms = Root(steps.Variance / 2),
            Sd2Ms = Root(2 * variance - steps.Variance / 2),
            SqrtStressIndex = StressIndex.SquareRoot(beats, kept, n, stressIndexBinMs),
        };
    }

    private static double? Variance(ReadOnlySpan<Beat> beats, ReadOnlySpan<bool> kept, double mean, int n)
    {
        if (n < 2) return null;
        double squares = 0;
        for (int i = 0; i < beats.Length; i++)
            if (kept[i]) squares += (beats[i].RrMs - mean) * (beats[i].RrMs - mean);
        return squares / (n - 1);
    }

    private static double? Root(double? square) => square is { } s ? Math.Sqrt(Math.Max(0, s)) : null;

    private readonly record struct Differences(int Count, double Squares, double? Variance, int Over50, int Over20)
    {
        public static Differences Of(ReadOnlySpan<Beat> beats, ReadOnlySpan<bool> kept)
        {
            int count = 0, over50 = 0, over20 = 0;
            double sum = 0, squares = 0;
            for (int i = 1; i < beats.Length; i++)
            {
                if (!kept[i] || !kept[i - 1] || beats[i].Segment != beats[i - 1].Segment) continue;
                double step = beats[i].RrMs - beats[i - 1].RrMs;
                count++;
                sum += step;
                squares += step * step;
                if (Math.Abs(step) > 50) over50++;
                if (Math.Abs(step) > 20) over20++;
            }

            double? variance = count > 1 ? Math.Max(0, (squares - sum * sum / count) / (count - 1)) : null;
            return new(count, squares, variance, over50, over20);
        }
    }
}
