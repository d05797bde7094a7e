using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>What may be kept of one state over one shift: figures, never the series behind them.</summary>
/// <param name="Valid">Time with a judgement.</param>
/// <param name="Median">Of the score; null without valid time, as the next.</param>
/// <param name="P90">The score exceeded in a tenth of the time.</param>
/// <param name="Coverage">Mean confidence, 0..1.</param>
public readonly record struct ShiftFigures(
    TimeSpan Valid, double? Median, double? P90, TimeSpan Watch, TimeSpan Warn, TimeSpan Critical, int Events, double? Coverage)
{
    /// <summary>Whether every number can be one: a file may say anything.</summary>
    public bool IsSound() =>
        Median is null or (>= 0 and <= 1) && P90 is null or (>= 0 and <= 1) && Coverage is null or (>= 0 and <= 1) && Events >= 0
        && Array.TrueForAll([Valid, Watch, Warn, Critical], time => time >= TimeSpan.Zero && time <= CheckedTime.Longest);
}

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

    public void NoteEvent() => _events++;

    public ShiftFigures Figures() => new(
        TimeSpan.FromSeconds(_valid), Quantile(0.5), Quantile(0.9), _levels[1], _levels[2], _levels[3], _events, _valid > 0 ? _confidence / _valid : null);

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
