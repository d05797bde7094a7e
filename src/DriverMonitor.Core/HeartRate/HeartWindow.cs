namespace DriverMonitor.Core.HeartRate;

/// <summary>The figures of one window of time, and how much of it can be trusted.</summary>
/// <param name="Asked">The window's length.</param>
/// <param name="Covered">How much of it lies after the first beat; shorter at the start of a drive.</param>
/// <param name="Figures">Over the kept beats.</param>
/// <param name="MissingShare">Beats that never came, 0..1 of all there should have been.</param>
/// <param name="RejectedShare">Beats that came and were dropped, as a share of the same.</param>
public readonly record struct HeartWindow(
    TimeSpan Asked, TimeSpan Covered, HeartVariability Figures, double MissingShare, double RejectedShare)
{
    private const int BeatsForMean = 10;

    /// <summary>True once beats were coming for as long as was asked.</summary>
    public bool IsFull => Covered >= Asked;

    /// <summary>Missing and rejected together.</summary>
    public double SpoiledShare => MissingShare + RejectedShare;

    /// <summary>Measures the last <paramref name="asked"/> before <paramref name="at"/>.</summary>
    /// <param name="began">When the first beat of the drive began.</param>
    public static HeartWindow Measure(TimeSpan at, TimeSpan asked, TimeSpan began, ReadOnlySpan<Beat> beats,
        ReadOnlySpan<bool> kept, HeartSettings settings)
    {
        var from = at - asked;
        int first = 0;
        while (first < beats.Length && beats[first].At <= from) first++;

        int count = beats.Length - first, dropped = 0;
        for (int i = first; i < beats.Length; i++)
            if (!kept[i]) dropped++;

        int missing = Missing(at, from, first, beats, kept, settings);
        var figures = HeartVariability.Of(beats[first..], kept[first..], settings.StressIndexBinMs);
        double all = Math.Max(1, count + missing);
        var covered = at - began < asked ? at - began : asked;
        return new(asked, covered, figures, missing / all, dropped / all);
    }

    // Benchekroun et al. (2023) count one beat per mean interval inside every silence longer than 1.3 s. The second
    // bound is ours: an athlete's ordinary beat is longer than that.
    private static int Missing(TimeSpan at, TimeSpan from, int first, ReadOnlySpan<Beat> beats, ReadOnlySpan<bool> kept,
        HeartSettings settings)
    {
        int missing = 0;
        for (int i = Math.Max(first, 1); i < beats.Length; i++)
        {
            var before = beats[i - 1].At > from ? beats[i - 1].At : from;
            missing += MissingIn(beats[i].At - before, settings.LongestOrdinaryBeat, beats[..i], kept);
        }

        // The newest packet is always on its way; only a lost link makes the live end a gap.
        if (beats.Length > 0)
            missing += MissingIn(at - (beats[^1].At > from ? beats[^1].At : from), settings.LinkLostAfter, beats, kept);
        return missing;
    }

    private static int MissingIn(TimeSpan gap, TimeSpan limit, ReadOnlySpan<Beat> earlier, ReadOnlySpan<bool> kept)
    {
        if (gap <= limit) return 0;
        double mean = MeanOfLast(earlier, kept), ms = gap.TotalMilliseconds;
        return mean > 0 && ms > 1.5 * mean ? (int)(ms / mean) : 0;
    }

    private static double MeanOfLast(ReadOnlySpan<Beat> beats, ReadOnlySpan<bool> kept)
    {
        double sum = 0;
        int count = 0;
        for (int i = beats.Length - 1; i >= 0 && count < BeatsForMean; i--)
        {
            if (!kept[i]) continue;
            sum += beats[i].RrMs;
            count++;
        }

        return count > 0 ? sum / count : 0;
    }
}
