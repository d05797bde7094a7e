using System.Globalization;
using System.Text;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Recording.Report;

/// <summary>The eyes over a drive: what happened as events, and PERCLOS as a curve below them.</summary>
internal sealed class ReportEyes(ReportLog log, ReportWords words, Axis axis)
{
    private const int MostClosures = 40;

    private static readonly (string Kind, Func<MonitorEvent, bool> Is)[] Strips =
    [
        ("sleep", happened => happened is MonitorEvent.Eyelids { Kind: >= ClosureKind.Sleep }),
        ("microsleep", happened => happened is MonitorEvent.Eyelids { Kind: ClosureKind.Microsleep }),
        ("long_blink", happened => happened is MonitorEvent.Eyelids { Kind: ClosureKind.LongBlink }),
        ("yawn", happened => happened is MonitorEvent.Yawn),
        ("nod", happened => happened is MonitorEvent.Nod),
    ];

    public string Write()
    {
        if (log.Pictures == 0) return "";
        var html = new StringBuilder($"<section><h2>{words.Eyes}</h2><div class=strips>");
        foreach (var (kind, isOf) in Strips) html.Append(Strip(kind, [.. log.Events.Where(isOf)]));
        html.Append("</div>");
        Closures(html);
        var perclos = Curve.Of(axis, log.Seconds, second => second.At, second => second.Perclos);
        var top = perclos.Peak > 0.3 ? 1 : 0.4;
        var plot = new Plot(axis).Scale(words.Percent(top), "0").Curve(perclos, top, "fatigue");
        html.Append(
            CultureInfo.InvariantCulture,
            $"<figure><figcaption><strong>{words.Perclos}</strong> <small>{words.EyesHelp}</small></figcaption>{plot.Write("low", words.Perclos)}</figure></section>\n");
        return html.ToString();
    }

    /// <summary>The marks of one kind; those that lie on the one before are left out, for nobody can tell them apart.</summary>
    private string Strip(string kind, List<MonitorEvent> events)
    {
        if (events.Count == 0) return "";
        var plot = new Plot(axis).Scale($"{ReportPage.Safe(NameOf(kind))} <small>{events.Count}</small>", "");
        var drawn = double.MinValue;
        foreach (var happened in events)
        {
            var (from, until) = SpanOf(happened);
            if (axis.Place(until) - drawn < 0.001) continue;
            drawn = axis.Place(until);
            var lasted = string.Create(words.Numbers, $"{NameOf(kind)} {(until - from).TotalSeconds:F1} s");
            plot.Stretch(from, until, $"mark {kind}", ReportPage.Safe(lasted));
        }

        return plot.Write("strip", ReportPage.Safe(NameOf(kind)), hasTimes: false);
    }

    private static (TimeSpan From, TimeSpan Until) SpanOf(MonitorEvent happened) => happened switch
    {
        MonitorEvent.Eyelids lids => (lids.StartedAt, lids.At),
        MonitorEvent.Yawn yawn => (yawn.StartedAt, yawn.At),
        MonitorEvent.Nod nod => (nod.StartedAt, nod.At),
        _ => (happened.At, happened.At),
    };

    /// <summary>Those that are no blinks, the longest where there are many.</summary>
    private void Closures(StringBuilder html)
    {
        var all = log.Events.OfType<MonitorEvent.Eyelids>().Where(closure => closure.Kind >= ClosureKind.Microsleep).ToList();
        if (all.Count == 0) return;
        if (all.Count > MostClosures)
            html.Append(CultureInfo.InvariantCulture, $"<p class=help>{words.Put(words.Longest, MostClosures, all.Count)}</p>");
        html.Append(
            CultureInfo.InvariantCulture,
            $"<div class=wide><table class=closures><thead><tr><th>{words.At}<th>{words.Closure}<th>{words.Duration}</tr></thead><tbody>"
        );
        foreach (var closure in all.OrderByDescending(one => one.Duration).Take(MostClosures).OrderBy(one => one.StartedAt))
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td><time>{axis.Clock(closure.StartedAt)}</time><td>{ReportPage.Safe(NameOf(EventNames.Of(closure.Kind)))}<td>{closure.Duration.TotalSeconds.ToString("F1", words.Numbers)} s</tr>"
            );
        html.Append("</tbody></table></div>");
    }

    // The page in the cab calls a cue "sleep": when the driver slept last.
    private string NameOf(string kind) => kind == "sleep" ? words.Sleep : words.Name(kind);
}
