using DriverMonitor.Core.Events;

namespace DriverMonitor.Core.Alerts;

/// <summary>What a rule may do now that asks to rise.</summary>
public enum Allowance { Sound, ShowOnly, Nothing }

/// <summary>
/// Alerts that come too often are not believed (Bliss and Acton 2003), and most alarms of even a good detector are false
/// where what it looks for is rare (Parasuraman 1997). So advice is rationed; the safety path never is.
/// </summary>
public sealed class AlertRateLimit(AlertSettings settings)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Queue<TimeSpan> _fatigueSounds = new(settings.FatigueSoundsPerHour);
    private (TimeSpan At, double Score)? _acknowledged;
    private TimeSpan? _fatigueHeardAt;
    private TimeSpan? _hintAt;
    private int _hints;
    private TimeSpan? _snoozedAt;

    /// <summary>Asks for leave, and spends it.</summary>
    /// <param name="score">Of the state behind the rule, 0..1.</param>
    public Allowance Request(TimeSpan at, AlertRule rule, AlertLevel level, double score = 0) => AlertRules.Of(rule).Kind switch
    {
        AlertKind.Advice => level <= AlertLevel.Notice ? Allowance.ShowOnly : AskFatigue(at, level, score),
        AlertKind.Hint => AskHint(at),
        _ => Allowance.Sound,
    };

    /// <summary>The driver has heard, and is told again when it got worse or has lasted.</summary>
    public void Acknowledge(TimeSpan at, double score) => _acknowledged = (at, score);

    /// <summary>The driver wants no hints for a while; the safety path cannot be silenced.</summary>
    public void SnoozeHints(TimeSpan at) => _snoozedAt = at;

    /// <summary>A new shift, or another driver.</summary>
    public void Reset()
    {
        _fatigueSounds.Clear();
        (_fatigueHeardAt, _hintAt, _hints, _acknowledged, _snoozedAt) = (null, null, 0, null, null);
    }

    private Allowance AskFatigue(TimeSpan at, AlertLevel level, double score)
    {
        if (_acknowledged is { } known && at - known.At < settings.RearmAfter && score < known.Score + settings.RearmRise)
            return Allowance.ShowOnly;
        while (_fatigueSounds.TryPeek(out var first) && at - first >= Hour)
            _fatigueSounds.Dequeue();

        // The critical level may be heard right after the warning it grew from, but counts like any other.
        var tooSoon = level < AlertLevel.Alarm && at - _fatigueHeardAt < settings.FatigueSoundGap;
        if (tooSoon || _fatigueSounds.Count >= settings.FatigueSoundsPerHour) return Allowance.ShowOnly;
        _fatigueSounds.Enqueue(at);
        _fatigueHeardAt = at;
        return Allowance.Sound;
    }

    private Allowance AskHint(TimeSpan at)
    {
        if (at - _snoozedAt < settings.HintSnooze) return Allowance.Nothing;
        if (_hints >= settings.HintsPerShift || at - _hintAt < settings.HintGap) return Allowance.Nothing;
        (_hintAt, _hints) = (at, _hints + 1);
        return Allowance.ShowOnly;
    }
}
