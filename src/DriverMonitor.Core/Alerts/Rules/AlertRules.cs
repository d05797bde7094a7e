using System.Collections.Immutable;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Core.Alerts;

/// <summary>All rules there are.</summary>
internal static class AlertRules
{
    /// <summary>In the order in which they are judged: the safety path first; anger asks for a hint before stress.</summary>
    public static readonly ImmutableArray<IAlertRule> All =
    [
        new EyesClosedRule(), new LongLookAwayRule(), new ManyLookAwaysRule(), new PhoneRule(),
        new FatigueRule(), new AngerRule(), new StressRule(), new DaydreamRule(),
    ];

    /// <summary>In the order in which alerts that end together are reported.</summary>
    public static readonly ImmutableArray<IAlertRule> Numbered = [.. All.OrderBy(rule => rule.Rule)];

    public static IAlertRule Of(AlertRule rule)
    {
        foreach (var one in All)
            if (one.Rule == rule) return one;
        throw new ArgumentOutOfRangeException(nameof(rule), $"No rule is registered for {rule}.");
    }
}
