namespace DriverMonitor.Core.Voice;

/// <summary>
/// Jitter and shimmer, local: the mean change of period and of amplitude from one cycle to the next, in percent of their means
/// (as Praat has them; Boersma, and Titze and Liang, J. Speech Hear. Res. 36, 1993). Noise raises both: in a vehicle they compare
/// with the same voice in the same noise only, so nothing is judged by them. Allocates nothing.
/// </summary>
internal static class CyclePerturbation
{
    // A cycle's peak lies within a fifth of a period of where the last one says: more is another peak.
    private const double Aside = 0.2;
    private const int FewestCycles = 3;

    /// <param name="window">Samples.</param>
    /// <param name="pitchHz">Their pitch.</param>
    /// <returns>Null where too few cycles are in it.</returns>
    public static (double Jitter, double Shimmer)? Of(ReadOnlySpan<float> window, double pitchHz)
    {
        var period = SoundFormat.SamplesPerSecond / pitchHz;
        if (!(period >= 4) || window.Length < (FewestCycles + 1) * period) return null;
        var at = Peak(window, 1, (int)period + 1);
        double? lastPeriod = null, lastHeight = null;
        double periods = 0, heights = 0, periodChange = 0, heightChange = 0;
        var cycles = 0;
        for (;;)
        {
            var (from, to) = ((int)(at + (1 - Aside) * period), (int)(at + (1 + Aside) * period) + 1);
            if (to >= window.Length - 1) break;
            var next = Peak(window, Math.Max(1, from), to);
            var (length, height) = (next - at, (double)window[(int)Math.Round(next)]);
            if (lastPeriod is { } before) periodChange += Math.Abs(length - before);
            if (lastHeight is { } was) heightChange += Math.Abs(height - was);
            (lastPeriod, lastHeight, at) = (length, height, next);
            (periods, heights, cycles) = (periods + length, heights + Math.Abs(height), cycles + 1);
        }

        if (cycles < FewestCycles || periods <= 0 || heights <= 0) return null;
        var share = (double)cycles / (cycles - 1);
        return (100 * periodChange / periods * share, 100 * heightChange / heights * share);
    }

    /// <summary>Place of the highest sample, between the samples.</summary>
    private static double Peak(ReadOnlySpan<float> window, int from, int to)
    {
        var best = from;
        for (var i = from; i < to; i++)
            if (window[i] > window[best]) best = i;
        double before = window[best - 1], here = window[best], after = window[best + 1];
        var bend = before - 2 * here + after;
        return bend < 0 ? best + Math.Clamp((before - after) / (2 * bend), -0.5, 0.5) : best;
    }
}
