using System.Globalization;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Core.Tests.Support;

/// <summary>What a drive led to, one line of text: "21.5 raised eyes_closed 2, 23.0 microsleep 1.6".</summary>
public static class Timeline
{
    public static string Of(IEnumerable<Observation> drive, MonitorSettings? settings = null)
    {
        var pipeline = new MonitorPipeline(settings ?? new MonitorSettings());
        return string.Join(", ", drive.SelectMany(o => pipeline.Step(o).Events).Select(Line));
    }

    public static string Of(string script, double framesPerSecond = 20) => Of(Drive.Of(script, framesPerSecond));

    /// <summary>What the buzzer was told to play, and when: "11.5 sleep-warning, 14.0 silence".</summary>
    public static string Heard(string script, double framesPerSecond = 20)
    {
        var (pipeline, playing, heard) = (new MonitorPipeline(new()), SoundPattern.Silence, new List<string>());
        foreach (var outcome in Drive.Of(script, framesPerSecond).Select(seen => pipeline.Step(seen)))
        {
            if (outcome.Alert.Sound == playing) continue;
            playing = outcome.Alert.Sound;
            heard.Add(string.Create(CultureInfo.InvariantCulture, $"{outcome.At.TotalSeconds:0.0} {playing.Name}"));
        }

        return string.Join(", ", heard);
    }

    /// <summary>Fails with both timelines in full.</summary>
    public static void Check(string name, string expected, string actual) =>
        Assert.True(expected == actual, $"{name}\nexpected {expected}\nactual   {actual}");

    /// <summary>The same without the lines that begin with one of these words.</summary>
    public static string Without(string timeline, params string[] kinds) =>
        string.Join(", ", timeline.Split(", ").Where(line => !kinds.Contains(line.Split(' ').ElementAtOrDefault(1))));

    private static string Line(MonitorEvent happened) => string.Create(CultureInfo.InvariantCulture, $"{happened.At.TotalSeconds:0.0} {Text(happened)}");

    /// <summary>One event without its time.</summary>
    public static string Text(MonitorEvent happened) => happened switch
    {
        MonitorEvent.Eyelids e => Spell(EventNames.Of(e.Kind) + (e.Aborted ? " (aborted)" : ""), e.Duration),
        MonitorEvent.Yawn e => Spell(e.Weight < 1 ? "half a yawn" : "yawn", e.Duration),
        MonitorEvent.Nod e => Spell("nod", e.Duration),
        MonitorEvent.LookAway e => Spell("look_away", e.Duration),
        MonitorEvent.Alert e => $"{EventNames.Of(e.Phase)} {AlertTable.NameOf(e.Rule)} {(int)e.Level}",
        MonitorEvent.Dispute e => $"disputed {AlertTable.NameOf(e.Rule)} {(int)e.Level}",
        MonitorEvent.Status { Detail: { } detail } e => $"{EventNames.Of(e.Kind)} {detail}",
        MonitorEvent.Status e => EventNames.Of(e.Kind),
        _ => throw new ArgumentOutOfRangeException(nameof(happened)),
    };

    private static string Spell(string name, TimeSpan duration) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} {duration.TotalSeconds:0.0}");
}
