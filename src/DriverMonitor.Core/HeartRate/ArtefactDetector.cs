namespace DriverMonitor.Core.HeartRate;

/// <summary>
/// Lipponen and Tarvainen, "A robust algorithm for heart rate variability time series artefact correction using novel
/// beat classification" (2019): thresholds that breathe with the series, and the shapes that errors leave in the
/// differences. Only finds; what is dropped is decided by <see cref="BeatCleaning"/>. Works in its own buffers.
/// </summary>
/// <param name="settings">Thresholds; the paper's by default.</param>
/// <param name="capacity">Longest series it will be given.</param>
public sealed class ArtefactDetector(ArtefactSettings settings, int capacity)
{
    private readonly double[] _step = new double[capacity];
    private readonly double[] _offset = new double[capacity];
    private readonly double[] _offsetLimit = new double[capacity];
    private readonly double[] _limits = new double[capacity];
    private readonly double[] _median = new double[capacity];
    private readonly SlidingSpread _spread = new(settings.SpreadBeats);
    private readonly SlidingSpread _near = new(settings.MedianBeats);

    /// <summary>Local medians of the series last labelled, ms.</summary>
    public ReadOnlySpan<double> Medians => _median;

    /// <summary>Labels every beat; the newest two are always <see cref="BeatLabel.Normal"/>, for want of what follows.</summary>
    public void Label(ReadOnlySpan<Beat> beats, Span<BeatLabel> labels)
    {
        labels[..beats.Length].Clear();
        if (beats.Length < 3)
        {
            for (int i = 0; i < beats.Length; i++) _median[i] = beats[i].RrMs;
            return;
        }

        MeasureSteps(beats);
        MeasureOffsets(beats);
        Scan(beats, labels);
    }

    // Where the line is cut there is no difference; the mean one stands in, as it does for the first beat.
    private void MeasureSteps(ReadOnlySpan<Beat> beats)
    {
        double sum = 0;
        int joined = 0;
        for (int i = 1; i < beats.Length; i++)
        {
            if (beats[i].Segment != beats[i - 1].Segment) continue;
            sum += beats[i].RrMs - beats[i - 1].RrMs;
            joined++;
        }

        double mean = joined > 0 ? sum / joined : 0;
        for (int i = 0; i < beats.Length; i++)
            _step[i] = i > 0 && beats[i].Segment == beats[i - 1].Segment ? beats[i].RrMs - beats[i - 1].RrMs : mean;

        Limits(_step, _limits, beats.Length);
        for (int i = 0; i < beats.Length; i++) _step[i] /= _limits[i];
    }

    private void MeasureOffsets(ReadOnlySpan<Beat> beats)
    {
        int n = beats.Length, half = settings.MedianBeats / 2;
        _near.Reset();
        for (int i = 0; i < Math.Min(half, n); i++) _near.Add(beats[i].RrMs);
        for (int i = 0; i < n; i++)
        {
            if (i - half - 1 >= 0) _near.Remove(beats[i - half - 1].RrMs);
            if (i + half < n) _near.Add(beats[i + half].RrMs);
            _median[i] = _near.Median;
            double offset = beats[i].RrMs - _median[i];
            _offset[i] = offset < 0 ? 2 * offset : offset;
        }

        Limits(_offset, _offsetLimit, n);
        for (int i = 0; i < n; i++) _offset[i] /= _offsetLimit[i];
    }

    private void Limits(double[] values, double[] limits, int n)
    {
        int half = settings.SpreadBeats / 2;
        _spread.Reset();
        for (int i = 0; i < Math.Min(half, n); i++) _spread.Add(Math.Abs(values[i]));
        for (int i = 0; i < n; i++)
        {
            if (i - half - 1 >= 0) _spread.Remove(Math.Abs(values[i - half - 1]));
            if (i + half < n) _spread.Add(Math.Abs(values[i + half]));
            limits[i] = Math.Max(settings.Alpha * _spread.QuartileDeviation, settings.SmallestThresholdMs);
        }
    }

    private void Scan(ReadOnlySpan<Beat> beats, Span<BeatLabel> labels)
    {
        int n = beats.Length;
        for (int i = 0; i < n - 2;)
        {
            double step = _step[i];
            if (Math.Abs(step) <= 1)
            {
                i++;
                continue;
            }

            if (IsEctopic(step, i, n))
            {
                labels[i++] = BeatLabel.Ectopic;
                continue;
            }

            int candidates = Math.Abs(_step[i + 1]) < Math.Abs(_step[i + 2]) ? 2 : 1;
            for (int last = i + candidates; i < last; i++) labels[i] = Classify(beats, i);
        }
    }

    private bool IsEctopic(double step, int i, int n)
    {
        double bound = settings.EctopicSlope * Math.Abs(step) + settings.EctopicOffset;
        return step > 0
            ? Math.Max(Step(i - 1, n), Step(i + 1, n)) < -bound
            : Math.Min(Step(i - 1, n), Step(i + 1, n)) > bound;
    }

    private BeatLabel Classify(ReadOnlySpan<Beat> beats, int j)
    {
        int n = beats.Length;
        double step = _step[j], next = Step(j + 1, n), second = Step(j + 2, n);
        bool tooLong = step > 1 && Math.Min(next, second) < -1;
        bool tooShort = step < -1 && Math.Max(next, second) > 1;
        bool farOff = Math.Abs(_offset[j]) > 3;
        if (!tooLong && !tooShort && !farOff) return BeatLabel.Normal;

        double rr = beats[j].RrMs;
        if (tooShort && Math.Abs(rr + beats[j + 1].RrMs - _median[j]) < _offsetLimit[j]) return BeatLabel.Extra;
        if (tooLong && Math.Abs(rr / 2 - _median[j]) < _offsetLimit[j]) return BeatLabel.Missed;
        return BeatLabel.LongOrShort;
    }

    // Beyond its ends the series is mirrored.
    private double Step(int i, int n) => _step[i < 0 ? -i : i >= n ? 2 * (n - 1) - i : i];
}
