using System.Collections.Immutable;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Alerts;

/// <summary>
/// What every alert sounds, shows and says, most urgent first. A level that a rule never reaches has no row. Stress,
/// anger and daydreams are hints: seen, never heard.
/// </summary>
public static class AlertTable
{
    public static readonly ImmutableArray<AlertRow> Rows =
    [
        .. AlertRules.All.SelectMany(rule => rule.Rows).OrderBy(row => row.Rank),
    ];

    /// <summary>The row of an alert; asking for one that its rule never reaches is a mistake in the asker.</summary>
    public static AlertRow Row(AlertRule rule, AlertLevel level)
    {
        foreach (var row in AlertRules.Of(rule).Rows)
            if (row.Level == level) return row;
        throw new ArgumentOutOfRangeException(nameof(level), $"{rule} has no level {level}.");
    }

    /// <summary>How far this rule may rise.</summary>
    public static AlertLevel Highest(AlertRule rule) => AlertRules.Of(rule).Rows.Max(row => row.Level);

    /// <summary>The rule on the wire and in files.</summary>
    public static string NameOf(AlertRule rule) => AlertRules.Of(rule).Name;

    /// <summary>The driver's state that the rule speaks of: the last part of the topic.</summary>
    public static string StateOf(AlertRule rule) => AlertRules.Of(rule).State;

    /// <summary>What the driver must have agreed to beside the camera; mostly nothing.</summary>
    public static Modalities ConsentOf(AlertRule rule) => AlertRules.Of(rule).ExtraConsent;

    /// <summary>The rule speaks of stress or anger, to which the driver agrees separately.</summary>
    public static bool IsEmotion(AlertRule rule) => AlertRules.Of(rule).ExtraConsent != Modalities.None;
}
