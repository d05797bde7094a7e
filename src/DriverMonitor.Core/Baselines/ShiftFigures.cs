using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Baselines;

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
