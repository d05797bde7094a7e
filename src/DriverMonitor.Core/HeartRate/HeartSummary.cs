namespace DriverMonitor.Core.HeartRate;

/// <summary>The figures of a whole record: every beat as it came, and only those that cleaning kept.</summary>
/// <param name="Raw">Over all beats; what published figures of a series are compared with.</param>
/// <param name="Cleaned">Over kept beats.</param>
/// <param name="RejectedShare">0..1 of all beats.</param>
/// <param name="Spectrum">Of the longest run of kept neighbours; null when none lasts long enough.</param>
public sealed record HeartSummary(HeartVariability Raw, HeartVariability Cleaned, double RejectedShare, Spectrum? Spectrum)
{
    public static HeartSummary? Of(ReadOnlySpan<Beat> beats, HeartSettings settings)
    {
        if (beats.Length == 0) return null;
        bool[] kept = new bool[beats.Length];
        Array.Fill(kept, true);
        var raw = HeartVariability.Of(beats, kept, settings.StressIndexBinMs);
        new BeatCleaning(settings, beats.Length).Clean(beats, kept, live: false);
        var cleaned = HeartVariability.Of(beats, kept, settings.StressIndexBinMs);
        return new(
            raw,
            cleaned,
            1 - (double)cleaned.Beats / beats.Length,
            DriverMonitor.Core.HeartRate.Spectrum.Of(LongestRun(beats, kept)));
    }

    private static double[] LongestRun(ReadOnlySpan<Beat> beats, ReadOnlySpan<bool> kept)
    {
        int bestStart = 0, best = 0, start = 0;
        for (int i = 0; i < beats.Length; i++)
        {
            if (!kept[i]) start = i + 1;
            else if (i > start && beats[i].Segment != beats[i - 1].Segment) start = i;
            if (i + 1 - start <= best) continue;
            (bestStart, best) = (start, i + 1 - start);
        }

        double[] run = new double[best];
        for (int i = 0; i < best; i++) run[i] = beats[bestStart + i].RrMs;
        return run;
    }
}
