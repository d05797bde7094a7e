using System.Globalization;
using System.Text;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Recording.Report;

/// <summary>The top of a report: which drive, what happened in it, and four figures.</summary>
internal static class ReportHead
{
    public static string Write(ReportFacts facts, ReportLog log, ReportWords words, Axis axis)
    {
        var highest = log.Episodes.Count == 0 ? 0 : (int)log.Episodes.Max(episode => episode.Highest);
        var html = new StringBuilder($"<header><p class=kicker>{words.Report}</p>");
        html.Append(
            CultureInfo.InvariantCulture,
            $"<p class=\"verdict level{highest}\">{ReportPage.Safe(ReportVerdict.Sentence(log, words, axis))}</p>");
        html.Append(CultureInfo.InvariantCulture, $"<h1>{ReportPage.Safe(Drive(log, words, axis) ?? facts.Title)}</h1><p>");
        html.AppendJoin(" · ", Beside(facts, log, words).Select(ReportPage.Safe)).Append("</p>");
        Tiles(html, log, words, axis, highest);
        return html.Append("</header>\n").ToString();
    }

    /// <summary>The day and the hours; null where nobody knew them.</summary>
    private static string? Drive(ReportLog log, ReportWords words, Axis axis) => log.Began is not { } began ? null
        : words.Put(words.Drove, words.Date(began.Local + axis.From), axis.Hour(axis.From), axis.Hour(axis.Until));

    private static IEnumerable<string> Beside(ReportFacts facts, ReportLog log, ReportWords words)
    {
        if (facts.Vehicle is { } vehicle) yield return $"{words.Vehicle} {vehicle}";
        if (log.Began is not { } began) yield return words.NoClock;
        else
        {
            yield return facts.Title;
            if (!began.Trusted) yield return words.Unsure;
        }
    }

    private static void Tiles(StringBuilder html, ReportLog log, ReportWords words, Axis axis, int highest)
    {
        var closures = log.Events.OfType<MonitorEvent.Eyelids>().Count();
        var sleeps = log.Events.Count(happened => happened is MonitorEvent.Eyelids { Kind: >= ClosureKind.Microsleep });
        var hasPictures = log.Pictures > 0;
        html.Append("<dl class=tiles>");
        Tile(html, words.Lasted, Axis.Length(axis.Until - axis.From), "");
        Tile(
            html, words.FaceSeen, hasPictures ? words.Percent(log.Faces / (double)log.Pictures) : "–",
            hasPictures ? words.Put(words.OfPictures, log.Pictures.ToString("N0", words.Numbers)) : words.NoPictures);
        Tile(
            html, words.Alerts, $"{log.Episodes.Count}", highest == 0 ? "" : words.Put(words.AlertsHighest, words.AlertLevels[highest]),
            $"level{highest}");
        Tile(
            html, words.Closures, hasPictures ? $"{closures}" : "–",
            hasPictures ? words.Put(words.Blinks, sleeps, log.Blinks.ToString("N0", words.Numbers)) : words.NoPictures);
        html.Append("</dl>");
    }

    public static void Tile(StringBuilder html, string name, string value, string beside, string kind = "") =>
        html.Append(
            CultureInfo.InvariantCulture, $"<div class=\"{kind}\"><dt>{name}</dt><dd>{value}<small>{beside}</small></dd></div>");
}
