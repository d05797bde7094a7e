using System.Globalization;
using System.Text;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Recording.Report;

/// <summary>What was said to the driver and why: each alert one row, with its steps and what the eyes and the head did.</summary>
internal sealed class ReportAlerts(ReportLog log, ReportWords words, Axis axis)
{
    /// <summary>More rows nobody reads: the highest alerts are told one by one, all of them are counted.</summary>
    private const int MostTold = 60, MostDrawn = 30;

    /// <summary>So many are seen at once, and need no counting.</summary>
    private const int FewEnough = 12;

    private readonly CloseupPlots _closeups = new(log, words, axis);
    private readonly CuePhrases _phrases = new(words);

    public string Write()
    {
        var html = new StringBuilder($"<section><h2>{words.Alerts}</h2>");
        if (log.Episodes.Count == 0)
            return html.Append(CultureInfo.InvariantCulture, $"<p>{words.NoAlerts}</p></section>\n").ToString();
        if (log.Episodes.Count > FewEnough) Counted(html);
        var told = Highest(MostTold);
        if (told.Count < log.Episodes.Count)
            html.Append(CultureInfo.InvariantCulture, $"<p class=help>{words.Put(words.ToldAlerts, told.Count, log.Episodes.Count)}</p>");
        html.Append(
            CultureInfo.InvariantCulture,
            $"<div class=wide><table class=alerts><thead><tr><th>{words.At}<th>{words.Alert}<th>{words.Why}<th>{words.Over}</tr></thead>"
        );
        var drawn = Highest(MostDrawn).ToHashSet();
        foreach (var episode in told) Row(html, episode, isDrawn: drawn.Contains(episode));
        return html.Append("</table></div></section>\n").ToString();
    }

    /// <summary>The highest of them, in the order of time.</summary>
    private List<AlertEpisode> Highest(int most) =>
        [.. log.Episodes.OrderByDescending(one => one.Highest).ThenBy(one => one.From).Take(most).OrderBy(one => one.From)];

    private void Counted(StringBuilder html)
    {
        html.Append(
            CultureInfo.InvariantCulture,
            $"<div class=wide><table class=counted><thead><tr><th>{words.Alert}<th>{words.HowOften}<th>{words.First}<th>{words.Last}</tr></thead><tbody>");
        var kinds = log.Episodes.GroupBy(one => (one.Rule, one.Highest)).OrderByDescending(kind => kind.Key.Highest);
        foreach (var kind in kinds)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{Badge(kind.Key.Highest)} {ReportPage.Safe(words.Say(kind.First().Row))}<td>{kind.Count()}<td><time>{axis.Clock(kind.First().From)}</time><td><time>{axis.Clock(kind.Last().From)}</time></tr>");
        html.Append("</tbody></table></div>\n");
    }

    /// <summary>An alert from its beginning to its end, with each step of its rise.</summary>
    private void Row(StringBuilder html, AlertEpisode episode, bool isDrawn)
    {
        html.Append(
            CultureInfo.InvariantCulture,
            $"<tbody><tr><td><time>{axis.Clock(episode.From)}</time><td>{Badge(episode.Highest)} {ReportPage.Safe(words.Say(episode.Row))}");
        if (log.Events.OfType<MonitorEvent.Dispute>().Any(dispute => IsOf(dispute, episode)))
            html.Append(CultureInfo.InvariantCulture, $"<p class=disputed>{words.Disputed}</p>");
        html.Append("<td><ol class=phases>");
        foreach (var step in episode.Steps) Phase(html, step, isOnly: episode.Steps.Count == 1);
        var over = episode.Until is { } until ? $"<time>{axis.Clock(until)}</time>" : words.StillOn;
        html.Append(CultureInfo.InvariantCulture, $"</ol><td><span class=narrow>{words.Over} </span>{over}</tr>");
        if (isDrawn && _closeups.Of(episode) is { Length: > 0 } plots)
            html.Append(CultureInfo.InvariantCulture, $"<tr class=closeup><td colspan=4>{plots}</tr>");
        html.Append("</tbody>");
    }

    private static bool IsOf(MonitorEvent.Dispute dispute, AlertEpisode episode) =>
        dispute.Rule == episode.Rule && dispute.RaisedAt >= episode.From && dispute.RaisedAt <= episode.Steps[^1].At;

    private string Badge(AlertLevel level) => $"<span class=\"badge level{(int)level}\">{words.AlertLevels[(int)level]}</span>";

    private void Phase(StringBuilder html, MonitorEvent.Alert alert, bool isOnly)
    {
        html.Append("<li>");
        if (!isOnly)
        {
            var said = ReportPage.Safe(words.Say(AlertTable.Row(alert.Rule, alert.Level)));
            html.Append(CultureInfo.InvariantCulture, $"<time>{axis.Clock(alert.At)}</time> {Badge(alert.Level)} {said}");
        }

        html.Append("<ul>").AppendJoin("", alert.Why.Select(why => $"<li>{ReportPage.Safe(_phrases.Line(why))}</li>")).Append("</ul>");
        if (alert is { Score: { } score, Confidence: { } confidence })
            Small(html, words.Put(words.Score, score.ToString("F2", words.Numbers), confidence.ToString("F2", words.Numbers)));
        if (log.Grounds.GetValueOrDefault(alert) is { Count: > 0 } grounds)
            Small(html, words.Put(words.RestsOn, string.Join(", ", grounds.Select(Ground))));
        if (!alert.Limits.IsDefaultOrEmpty)
            Small(html, words.Put(words.Missing, string.Join(", ", alert.Limits.Select(limit => words.Name(EventNames.Of(limit))))));
        html.Append("</li>");
    }

    private string Ground(RestsOn one) => $"{(one.Raises ? "▲" : "▽")} {words.Cue(one.Cue)} {words.Percent(one.Share)}";

    private static void Small(StringBuilder html, string text) =>
        html.Append(CultureInfo.InvariantCulture, $"<small>{ReportPage.Safe(text)}</small>");
}
