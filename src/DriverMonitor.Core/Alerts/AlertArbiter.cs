using DriverMonitor.Core.Events;

namespace DriverMonitor.Core.Alerts;

/// <summary>All ladders, and which of their alerts speaks: the buzzer has one voice.</summary>
public sealed class AlertArbiter
{
    private readonly AlertEscalation[] _ladders;
    private readonly bool[] _silenced;
    private readonly AlertRateLimit _budget;
    private bool _isAdviceAcknowledged;

    public AlertArbiter(AlertSettings settings)
    {
        _ladders = new AlertEscalation[Enum.GetValues<AlertRule>().Length];
        _silenced = new bool[_ladders.Length];
        _budget = new(settings);
        for (var i = 0; i < _ladders.Length; i++) _ladders[i] = new(settings.CalmBeforeClearing, settings.LostBeforeClearing);
    }

    /// <summary>The alert that stands highest in <see cref="AlertTable"/>, or null when all is well.</summary>
    public AlertRow? Standing
    {
        get
        {
            AlertRow? highest = null;
            for (var i = 0; i < _ladders.Length; i++)
            {
                if (_ladders[i].Level == AlertLevel.None) continue;
                var row = AlertTable.Row((AlertRule)i, _ladders[i].Level);
                if (highest is null || row.Rank < highest.Rank) highest = row;
            }

            return highest;
        }
    }

    public AlertLevel LevelOf(AlertRule rule) => _ladders[(int)rule].Level;

    /// <summary>The rule's alert is shown and not heard: its sounds of this hour are spent.</summary>
    public bool IsSilenced(AlertRule rule) => _silenced[(int)rule];

    /// <param name="wanted">What the rule asks for; null while its cause cannot be seen.</param>
    /// <param name="score">Of the state behind the rule, 0..1.</param>
    public LadderMove Step(TimeSpan at, AlertRule rule, AlertLevel? wanted, double score = 0)
    {
        var ladder = _ladders[(int)rule];
        if (!(wanted > ladder.Level))
        {
            if (rule == AlertRule.Fatigue && _isAdviceAcknowledged && wanted == ladder.Level)
                RepeatAdvice(at, ladder.Level, score);
            return ladder.Step(at, wanted);
        }

        var leave = _budget.Request(at, rule, wanted.Value, score);
        if (leave == Allowance.Nothing) return ladder.Step(at, ladder.Level);
        _silenced[(int)rule] = leave == Allowance.ShowOnly;
        if (rule == AlertRule.Fatigue && leave == Allowance.Sound) _isAdviceAcknowledged = false;
        return ladder.Step(at, wanted);
    }

    /// <summary>The driver has heard the advice to take a break; the safety path cannot be acknowledged away.</summary>
    public void Acknowledge(TimeSpan at, double score)
    {
        if (LevelOf(AlertRule.Fatigue) == AlertLevel.None) return;
        _silenced[(int)AlertRule.Fatigue] = true;
        _isAdviceAcknowledged = true;
        _budget.Acknowledge(at, score);
    }

    /// <summary>The driver wants no hints for a while.</summary>
    public void SnoozeHints(TimeSpan at) => _budget.SnoozeHints(at);

    /// <summary>Another driver has another budget.</summary>
    public void RenewBudget()
    {
        _budget.Reset();
        _isAdviceAcknowledged = false;
    }

    public LadderMove StandDown(AlertRule rule) => _ladders[(int)rule].StandDown();

    /// <summary>
    /// Acknowledged advice that still stands is heard again once it got worse or has lasted, without rising a level.
    /// </summary>
    private void RepeatAdvice(TimeSpan at, AlertLevel level, double score)
    {
        if (_budget.Request(at, AlertRule.Fatigue, level, score) != Allowance.Sound) return;
        (_silenced[(int)AlertRule.Fatigue], _isAdviceAcknowledged) = (false, false);
    }
}
