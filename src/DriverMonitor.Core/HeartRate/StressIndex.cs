namespace DriverMonitor.Core.HeartRate;

/// <summary>
/// Baevsky's stress index: the share of intervals in the fullest bin, in percent, over twice its centre and the range
/// of all, in seconds. Bins start at multiples of their width; of equally full bins the lowest counts.
/// </summary>
internal static class StressIndex
{
    private const int MostBins = 256;

    /// <summary>Its square root, as usual in reports; null without spread.</summary>
    public static double? SquareRoot(ReadOnlySpan<Beat> beats, ReadOnlySpan<bool> kept, int count, double binMs)
    {
        double least = double.MaxValue, most = double.MinValue;
        for (int i = 0; i < beats.Length; i++)
        {
            if (!kept[i]) continue;
            least = Math.Min(least, beats[i].RrMs);
            most = Math.Max(most, beats[i].RrMs);
        }

        int first = (int)(least / binMs), bins = (int)(most / binMs) - first + 1;
        if (count < 2 || most <= least || bins > MostBins) return null;

        Span<int> histogram = stackalloc int[MostBins];
        histogram.Clear();
        for (int i = 0; i < beats.Length; i++)
            if (kept[i]) histogram[(int)(beats[i].RrMs / binMs) - first]++;

        int fullest = 0;
        for (int b = 1; b < bins; b++)
            if (histogram[b] > histogram[fullest]) fullest = b;

        double modeSeconds = (first + fullest + 0.5) * binMs / 1000;
        double modePercent = 100.0 * histogram[fullest] / count;
        return Math.Sqrt(modePercent / (2 * modeSeconds * (most - least) / 1000));
    }
}
