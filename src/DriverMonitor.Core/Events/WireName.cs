using System.Text.Json;
using DriverMonitor.Core.Alerts;

namespace DriverMonitor.Core.Events;

/// <summary>The words used on the wire. They are stable: a fleet's software compares them.</summary>
public static class WireName
{
    /// <summary>What an alert is about: the last part of its topic.</summary>
    public static string KindOf(AlertRule rule) => rule switch
    {
        AlertRule.EyesClosed or AlertRule.Fatigue => "fatigue",
        AlertRule.LongLookAway or AlertRule.ManyLookAways or AlertRule.Daydream => "distraction",
        AlertRule.Stress => "stress",
        AlertRule.Anger => "anger",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "This rule has no kind on the wire."),
    };

    /// <summary>The kind of everything the monitor says about itself.</summary>
    public const string Device = "device";

    /// <summary><c>EyesClosed</c> becomes <c>eyes_closed</c>.</summary>
    public static string Of(AlertRule rule) => Snake(rule.ToString());

    public static string Of(AlertPhase phase) => Snake(phase.ToString());

    public static string Of(StatusKind kind) => Snake(kind.ToString());

    public static string Of(WireClock clock) => Snake(clock.ToString());

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
