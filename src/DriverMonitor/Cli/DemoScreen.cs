using System.Text.Json;
using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Gpio;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using Spectre.Console;

namespace DriverMonitor.Cli;

/// <summary>What the demo shows: the drive as a timeline while it runs, then what the fleet got, then the verdict.</summary>
internal sealed class DemoScreen(PortraitScript script) : IEventSink
{
    private static readonly TimeSpan WorthSaying = TimeSpan.FromSeconds(0.3);

    private readonly List<MonitorEvent> _happened = [];
    private int _announced;

    public IReadOnlyList<MonitorEvent> Happened => _happened;

    public void Emit(in Observation seen, in Outcome outcome)
    {
        PrintProgress(outcome.At);
        if (outcome.Events.IsDefaultOrEmpty) return;
        foreach (var happened in outcome.Events)
        {
            _happened.Add(happened);
            Show(happened);
        }
    }

    public static void ShowHeader()
    {
        // A file or a pipe has no edge to wrap at.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 200;
        AnsiConsole.MarkupLine(
            "[bold]Driver Monitor[/]: a scripted drive of about a minute. The portrait is drawn, everything behind it is real.");
        AnsiConsole.MarkupLine("[grey]grey: the script   white: what was seen   yellow, red: what the driver hears[/]");
        AnsiConsole.WriteLine();
    }

    public static void ShowFleet(IReadOnlyList<Received> messages)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLine("[bold]What the fleet received[/] (a subscriber of dm/v1/# on the broker inside)");
        var table = new Table().Border(TableBorder.Simple).AddColumns("topic", "what", "id");
        foreach (var message in messages) table.AddRow([.. Cells(message).Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }

    public static void ShowVerdict(IReadOnlyList<VerdictRow> rows, IReadOnlyList<(string Scripted, bool Ok)> states)
    {
        AnsiConsole.WriteLine();
        var table = new Table().Border(TableBorder.Simple).AddColumns("scripted", "at", "lasts", "detected", "");
        foreach (var row in rows)
        {
            table.AddRow(
                row.Scripted is { } line ? Words(line) : "nothing",
                row.Scripted is { } l ? Seconds(l.At) : "",
                row.Scripted is { } s ? Seconds(s.Lasts) : "",
                Markup.Escape(row.Found),
                row.Ok ? "[green]ok[/]" : row.Scripted is null ? "[red]FALSE[/]" : "[red]MISSED[/]");
        }

        foreach (var (scripted, ok) in states)
            table.AddRow(scripted, "", "", "the longer drive above", ok ? "[green]ok[/]" : "[red]MISSED[/]");

        AnsiConsole.Write(table);
    }

    /// <summary>The script's own line, when its time has come.</summary>
    private void PrintProgress(TimeSpan at)
    {
        for (; _announced < script.Lines.Count && script.Lines[_announced].At <= at; _announced++)
        {
            var line = script.Lines[_announced];
            if (line.Move != PortraitMove.Blink) Print(line.At, "grey", $"  the driver {Words(line)} for {Seconds(line.Lasts)}");
        }
    }

    private static void Show(MonitorEvent happened)
    {
        switch (happened)
        {
            case MonitorEvent.Alert { Phase: AlertPhase.Cleared } a:
                Print(a.At, "green", $"ALERT     over      {AlertTable.NameOf(a.Rule)}   buzzer: silence");
                break;
            case MonitorEvent.Alert a:
                var row = AlertTable.Row(a.Rule, a.Level);
                Print(
                    a.At,
                    a.Level >= AlertLevel.Alarm ? "red" : "yellow",
                    $"{NameOf(a.Level).ToUpperInvariant(), -10}{EventNames.Of(a.Phase), -10}{AlertTable.NameOf(a.Rule)}   \"{row.Words}\"   buzzer: {row.Sound.Name} {Notes(row.Sound)}"
                );
                break;
            case MonitorEvent.Status s:
                Print(s.At, "blue", $"status {EventNames.Of(s.Kind)} {s.Detail}");
                break;
            default:
                Print(happened.At, "default", DemoVerdict.Describe(happened));
                break;
        }
    }

    /// <summary>What the buzzer's line did, as an oscilloscope would show it.</summary>
    /// <param name="clock">By which the alerts above are shown, too.</param>
    public static void ShowBuzzer(VirtualBoard board, int line, DemoClock clock)
    {
        var cell = TimeSpan.FromMilliseconds(40); // fine enough for the pauses inside a pattern
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLine("[bold]What the buzzer's line did[/] (a sign is 40 ms; the drive's own time)");
        if (clock.Behind > WorthSaying)
            AnsiConsole.MarkupLine(
                FormattableString.Invariant(
                    $"  this machine is busy: the scripted drive ended {clock.Behind.TotalSeconds:F1} s behind the clock"));
        foreach (var (from, until) in Soundings(board, line))
            Console.WriteLine(
                FormattableString.Invariant(
                    $"  {clock.OnDrive(from).TotalSeconds, 6:F2} s  {board.Render(line, from, until + cell, cell)}"));
    }

    /// <summary>Stretches of sound; two seconds of silence part them.</summary>
    private static IEnumerable<(TimeSpan From, TimeSpan Until)> Soundings(VirtualBoard board, int line)
    {
        TimeSpan? from = null, last = null;
        foreach (var edge in board.Edges.Where(e => e.Line == line))
        {
            if (from is not null && edge.At - last > TimeSpan.FromSeconds(2))
            {
                yield return (from.Value, last!.Value);
                from = null;
            }

            from ??= edge.At;
            last = edge.At;
        }

        if (from is not null) yield return (from.Value, last!.Value);
    }

    private static void Print(TimeSpan at, string colour, string text) =>
        AnsiConsole.MarkupLine(
            FormattableString.Invariant($"[grey]{at.TotalSeconds, 6:F2} s[/]  [{colour}]{Markup.Escape(text)}[/]"));

    /// <summary>A pattern as one can read it aloud: a block is 100 ms of tone.</summary>
    private static string Notes(SoundPattern sound)
    {
        var notes = string.Join(
            ' ', sound.Beeps.Select(b => new string('▮', Math.Max(1, (int)Math.Round(b.On.TotalMilliseconds / 100)))));
        return sound.Repeats ? notes + " ..." : notes;
    }

    /// <summary>Topic, what it says, and its number.</summary>
    private static string[] Cells(Received message)
    {
        using var json = JsonDocument.Parse(message.Body);
        var root = json.RootElement;
        if (!root.TryGetProperty("type", out var type)) return [message.Topic, FieldsOf(root), ""];
        var data = root.GetProperty("data");
        var what = data.TryGetProperty("phase", out var phase)
            ? $"{phase} {data.GetProperty("rule")}, {NameOf((AlertLevel)data.GetProperty("level").GetInt32())}"
            : $"{type}";
        return [message.Topic, what, $"{root.GetProperty("id")}"];
    }

    /// <summary>The first few plain values of a state: enough to see what it is about.</summary>
    private static string FieldsOf(JsonElement state)
    {
        const int Shown = 4;
        var plain = state.EnumerateObject()
            .Where(field => field.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null))
            .ToList();
        return string.Join(", ", plain.Take(Shown).Select(field => $"{field.Name} {field.Value}"))
            + (plain.Count > Shown ? ", ..." : "");
    }

    /// <summary>As the page, the report and the README call it.</summary>
    public static string NameOf(AlertLevel level) => level.ToString().ToLowerInvariant();

    private static string Words(PortraitLine line) => line.Move switch
    {
        PortraitMove.Blink => "blinks",
        PortraitMove.EyesShut => "closes the eyes",
        PortraitMove.Yawn => "yawns",
        PortraitMove.Turn => line.Degrees > 0 ? "looks to the right" : "looks to the left",
        _ => "looks down",
    };

    private static string Seconds(TimeSpan span) => FormattableString.Invariant($"{span.TotalSeconds:0.0#} s");
}
