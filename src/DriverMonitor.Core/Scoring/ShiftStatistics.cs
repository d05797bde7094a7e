using DriverMonitor.Core.Baselines;

namespace DriverMonitor.Core.Scoring;

/// <summary>Counts one state's scores over a shift in a histogram of hundredths. Allocates nothing after construction.</summary>
public sealed class ShiftStatistics
{
    private readonly double[] _seconds = new double[101];
    private readonly TimeSpan[] _levels = new TimeSpan[4];
    private double _valid, _confidence;
    private int _events;

    /// <summary>Takes one judgement that held for <paramref name="lasted"/>; one without confidence is not valid time.</summary>
    public void Add(in StateScore score, TimeSpan lasted)
    {
        if (score.Confidence <= 0 || score.Level == StateLevel.Unknown) return;
        double seconds = lasted.TotalSeconds;
        _seconds[(int)Math.Round(100 * Math.Clamp(score.P, 0, 1))] += seconds;
        _levels[(int)score.Level] += lasted;
        _valid += seconds;
        _confidence += seconds * score.Confidence;
    }

    public void AddEvent() => _events++;

    public ShiftFigures Figures() =>
        new(
            TimeSpan.FromSeconds(_valid),
            Quantile(0.5),
            Quantile(0.9),
            _levels[1],
            _levels[2],
            _levels[3],
            _events,
            _valid > 0 ? _confidence / _valid : null);

    private double? Quantile(double share)
    {
        if (_valid <= 0) return null;
        double passed = 0;
        for (int i = 0; i < _seconds.Length; i++)
        {
            passed += _seconds[i];
            if (passed >= share * _valid) return i / 100.0;
        }

        return 1;
    }
}
