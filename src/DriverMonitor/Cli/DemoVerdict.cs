using DriverMonitor.Camera;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Cli;

/// <summary>One line of the demo's last table: what was scripted and what was made of it.</summary>
internal readonly record struct VerdictRow(PortraitLine? Scripted, string Found, bool Ok);

/// <summary>Holds what was detected against what was scripted. Pure.</summary>
internal static class DemoVerdict
{
    /// <summary>Filters and ladders take their time; beyond this a detection belongs to something else.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(0.6);

    /// <summary>One row for each scripted happening that must be reported, then one for each false report.</summary>
    public static IReadOnlyList<VerdictRow> Compare(PortraitScript script, IReadOnlyList<MonitorEvent> happened)
    {
        var rows = new List<VerdictRow>();
        foreach (var line in script.Lines)
            if (line.Expected is not null) rows.Add(Evaluate(line, happened));
        foreach (var one in happened)
            if (IsFalse(one, script)) rows.Add(new(null, Describe(one), Ok: false));
        return rows;
    }

    public static string Describe(MonitorEvent happened) =>
        happened switch
        {
            MonitorEvent.Alert a => FormattableString.Invariant(
                $"alert at {a.At.TotalSeconds:F1} s: {AlertTable.NameOf(a.Rule)}, {DemoScreen.NameOf(a.Level)}"),
            _ when Span(happened) is { } span => FormattableString.Invariant(
                $"{EventNames.KindOf(happened)} at {span.From.TotalSeconds:F1} s for {(span.To - span.From).TotalSeconds:F2} s"),
            _ => EventNames.KindOf(happened),
        };

    private static VerdictRow Evaluate(PortraitLine line, IReadOnlyList<MonitorEvent> happened)
    {
        var seen = happened.FirstOrDefault(e => EventNames.KindOf(e) == line.Expected && Overlaps(e, line));
        if (seen is null) return new(line, "missed", Ok: false);
        if (line.Alert == AlertLevel.None) return new(line, Describe(seen), Ok: true);

        // Warned of while it lasts, and as urgently as it deserves.
        var alert = happened.OfType<MonitorEvent.Alert>().LastOrDefault(a => IsRise(a) && a.At >= line.At && a.At <= line.Until);
        return alert is null ? new(line, $"{Describe(seen)}, no alert", Ok: false)
            : new(line, $"{Describe(seen)}, {Describe(alert)}", Ok: alert.Level >= line.Alert);
    }

    private static bool IsFalse(MonitorEvent happened, PortraitScript script) =>
        happened switch
        {
            MonitorEvent.Alert { Rule: AlertRule.Fatigue } a => IsRise(a)
                && !script.Lines.Any(line => IsTiring(line) && line.Until <= a.At),
            MonitorEvent.Alert a => IsRise(a) && !script.Lines.Any(line => line.Alert != AlertLevel.None && Overlaps(a, line)),
            _ => Span(happened) is not null && !script.Lines.Any(line => Overlaps(happened, line)),
        };

    /// <summary>Eyes that were shut too long make the driver a tired one for minutes to come.</summary>
    private static bool IsTiring(PortraitLine line) => line is { Move: PortraitMove.EyesShut, Alert: not AlertLevel.None };

    private static bool IsRise(MonitorEvent.Alert alert) => alert.Phase != AlertPhase.Cleared;

    private static bool Overlaps(MonitorEvent happened, PortraitLine line)
    {
        var (from, to) = Span(happened) ?? (happened.At, happened.At);
        return from <= line.Until + Slack && to >= line.At - Slack;
    }

    private static (TimeSpan From, TimeSpan To)? Span(MonitorEvent happened) => happened switch
    {
        MonitorEvent.Eyelids e => (e.StartedAt, e.StartedAt + e.Duration),
        MonitorEvent.Yawn e => (e.StartedAt, e.StartedAt + e.Duration),
        MonitorEvent.Nod e => (e.StartedAt, e.StartedAt + e.Duration),
        MonitorEvent.LookAway e => (e.StartedAt, e.StartedAt + e.Duration),
        _ => null,
    };
}
