using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Hosting;
using Spectre.Console;

namespace DriverMonitor.Cli;

/// <summary>Shows the demo's second drive as a table of minutes, and whether it was judged as it was scripted.</summary>
/// <param name="from">The time at which it begins.</param>
internal sealed class FastDriveScreen(TimeSpan from) : IEventSink
{
    private readonly List<MonitorEvent.Alert> _alerts = [];
    private readonly List<string[]> _rows = [];
    private double? _perclos;

    /// <summary>Alerts that rose, changed and ended.</summary>
    public int Alerts => _alerts.Count;

    public void Emit(in Observation seen, in Outcome outcome)
    {
        _alerts.AddRange(outcome.Events.OfType<MonitorEvent.Alert>());
        _perclos = outcome.Measures.Perclos ?? _perclos;
        if (outcome.Scores is { } scores && IsShown(outcome.At - from)) _rows.Add(Row(outcome.At - from, scores));
    }

    public void Show()
    {
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLine(
            "[bold]A longer drive, in a moment[/]: 39 minutes of scripted measures, judged as fast as it goes");
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("minute", "the driver", "eyes closed", "pulse", "fatigue", "stress", "alert");
        foreach (var row in _rows) table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }

    /// <summary>Tired minutes end in advice, a racing heart in a hint, and calm ones in nothing.</summary>
    public IReadOnlyList<(string Scripted, bool Ok)> Verdict()
    {
        var raised = _alerts.Where(alert => alert.Phase == AlertPhase.Raised).ToList();
        return
        [
            ("five tired minutes", raised.Exists(alert => IsIn(alert, AlertRule.Fatigue, FastDrive.TiredFrom, FastDrive.TiredUntil))),
            ("four stressed minutes", raised.Exists(alert => IsIn(alert, AlertRule.Stress, FastDrive.StressedFrom, FastDrive.Until))),
            ("calm minutes without an alert", !raised.Exists(alert => alert.At - from < FastDrive.TiredFrom)),
        ];
    }

    private bool IsIn(MonitorEvent.Alert alert, AlertRule rule, TimeSpan begin, TimeSpan end) =>
        alert.Rule == rule && alert.At - from >= begin && alert.At - from <= end;

    private static bool IsShown(TimeSpan at) => at.TotalSeconds % 60 < 1 && at.TotalMinutes >= 10
        && (at < FastDrive.TiredFrom || at > FastDrive.TiredUntil && at < FastDrive.StressedFrom
            ? (int)at.TotalMinutes % 5 == 0 : true);

    private string[] Row(TimeSpan at, Scores scores)
    {
        var stands = _alerts.GroupBy(alert => alert.Rule).Select(rule => rule.Last())
            .FirstOrDefault(alert => alert.Phase != AlertPhase.Cleared);
        return
        [
            $"{(int)at.TotalMinutes}",
            MoodAt(at - TimeSpan.FromSeconds(2)),
            _perclos is { } share ? FormattableString.Invariant($"{100 * share:F0} %") : "",
            scores.Heart?.BeatsPerMinute is { } pulse ? FormattableString.Invariant($"{pulse:F0}") : "",
            Bar(scores.Fatigue), Bar(scores.Stress),
            stands is null ? "" : $"{AlertTable.NameOf(stands.Rule)}, {DemoScreen.NameOf(stands.Level)}",
        ];
    }

    private static string MoodAt(TimeSpan at) =>
        at < FastDrive.TiredFrom ? "is calm"
        : at < FastDrive.TiredUntil ? "is tired"
        : at < FastDrive.StressedFrom ? "is awake again"
        : "is tense";

    private static string Bar(in StateScore score) => score.Level == StateLevel.Unknown ? "unknown"
        : FormattableString.Invariant($"{score.P:F2} {new string('█', (int)Math.Round(8 * score.P))}");
}
