using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Recording.Report;

/// <summary>One alert, from the moment it was raised until it was over.</summary>
internal sealed class AlertEpisode(AlertRule rule)
{
    public AlertRule Rule { get; } = rule;
    public string State { get; } = AlertTable.StateOf(rule);

    /// <summary>Raised, then each time it rose.</summary>
    public List<MonitorEvent.Alert> Steps { get; } = [];

    /// <summary>Null if it stood to the end.</summary>
    public TimeSpan? Until { get; private set; }

    public TimeSpan From => Steps[0].At;
    public AlertLevel Highest => Steps.Max(step => step.Level);
    public AlertRow Row => AlertTable.Row(Rule, Highest);

    /// <summary>Each level it had, and from when until when.</summary>
    /// <param name="end">Of the drive, for an alert without an end of its own.</param>
    public IEnumerable<(TimeSpan From, TimeSpan Until, AlertLevel Level)> Phases(TimeSpan end)
    {
        for (var i = 0; i < Steps.Count; i++)
            yield return (Steps[i].At, i + 1 < Steps.Count ? Steps[i + 1].At : Until ?? end, Steps[i].Level);
    }

    /// <summary>Every alert of a drive from its beginning to its end.</summary>
    public static IReadOnlyList<AlertEpisode> Of(IEnumerable<MonitorEvent> events)
    {
        var (all, open) = (new List<AlertEpisode>(), new Dictionary<AlertRule, AlertEpisode>());
        foreach (var alert in events.OfType<MonitorEvent.Alert>())
        {
            if (alert.Phase == AlertPhase.Cleared)
            {
                if (open.Remove(alert.Rule, out var ended)) ended.Until = alert.At;
                continue;
            }

            if (!open.TryGetValue(alert.Rule, out var episode)) all.Add(open[alert.Rule] = episode = new(alert.Rule));
            episode.Steps.Add(alert);
        }

        return all;
    }
}
