namespace DriverMonitor.Core.Alerts;

/// <summary>All ladders, and which of their alerts speaks: the buzzer has one voice.</summary>
public sealed class AlertBoard
{
    private readonly AlertLadder[] _ladders;

    public AlertBoard(AlertSettings settings)
    {
        _ladders = new AlertLadder[Enum.GetValues<AlertRule>().Length];
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

    public LadderMove Step(TimeSpan at, AlertRule rule, AlertLevel? wanted) => _ladders[(int)rule].Step(at, wanted);

    public LadderMove StandDown(AlertRule rule) => _ladders[(int)rule].StandDown();
}
