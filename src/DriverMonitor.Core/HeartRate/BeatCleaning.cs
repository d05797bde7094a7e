namespace DriverMonitor.Core.HeartRate;

/// <summary>
/// Decides which beats count. The artefact detector speaks wherever it has enough beats on both sides; the 20 % rule
/// only for the newest ones and for the first minute. A flag alone drops nothing: a healthy heart lengthens single
/// beats by a third, while a sensor's errors double them or come in pairs that cancel out.
/// </summary>
public sealed class BeatCleaning(HeartSettings settings, int capacity = 1024)
{
    private readonly ArtefactDetector _detector = new(settings.Artefacts, capacity);
    private readonly BeatLabel[] _labels = new BeatLabel[capacity];

    /// <summary>Longest series one call takes.</summary>
    public int Capacity => capacity;

    /// <summary>The detector's flags of the last series cleaned, before they were confirmed.</summary>
    public ReadOnlySpan<BeatLabel> Labels => _labels;

    /// <summary>
    /// Marks each beat kept or dropped. Set <paramref name="live"/> false for a finished record, whose last beats stay last.
    /// </summary>
    public void Clean(ReadOnlySpan<Beat> beats, Span<bool> kept, bool live = true)
    {
        if (Span(beats) < settings.Artefacts.NeededSpan)
        {
            for (int i = 0; i < beats.Length; i++) kept[i] = beats[i].KeptByRule;
            return;
        }

        _detector.Label(beats, _labels);
        int judged = live ? beats.Length - settings.Artefacts.ProvisionalBeats : beats.Length;
        for (int i = 0; i < beats.Length; i++)
            kept[i] = i < judged ? InRange(beats[i].RrMs) && !Confirmed(beats.Length, i, Off(beats, i)) : beats[i].KeptByRule;
        for (int i = 0; i + 1 < judged; i++)
            if (IsEarlyBeatAndPause(beats, i)) kept[i] = kept[i + 1] = false;
    }

    private static TimeSpan Span(ReadOnlySpan<Beat> beats)
    {
        double ms = 0;
        foreach (var beat in beats) ms += beat.RrMs;
        return TimeSpan.FromMilliseconds(ms);
    }

    private bool InRange(double rr) => rr >= settings.ShortestRrMs && rr <= settings.LongestRrMs;

    // Distance from the local median, as a share of it.
    private double Off(ReadOnlySpan<Beat> beats, int i) =>
        _detector.Medians[i] > 0 ? beats[i].RrMs / _detector.Medians[i] - 1 : double.MaxValue;

    private bool Confirmed(int count, int i, double off)
    {
        if (_labels[i] == BeatLabel.Normal) return false;
        bool paired = (i > 0 && _labels[i - 1] != BeatLabel.Normal) || (i + 1 < count && _labels[i + 1] != BeatLabel.Normal);
        double limit = paired ? settings.Artefacts.PairedDeviation : settings.Artefacts.LoneDeviation;
        return Math.Abs(off) > limit;
    }

    private bool IsEarlyBeatAndPause(ReadOnlySpan<Beat> beats, int i)
    {
        var s = settings.Artefacts;
        if (beats[i].Segment != beats[i + 1].Segment) return false;
        double early = Off(beats, i), late = Off(beats, i + 1);
        return early < -s.EarlyBeatDeviation && late > s.EarlyBeatDeviation && Math.Abs(early + late) < s.EarlyBeatBalance;
    }
}
