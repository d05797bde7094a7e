using System.Globalization;
using System.Text;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Recording.Report;

/// <summary>
/// The tables of a report: what was said and why, what the senses missed, and how exactly such alerts are timed.
/// </summary>
internal sealed class ReportAlerts(ReportLog log, ReportWords words, Axis axis)
{
    private readonly List<AlertEpisode> _episodes = Episodes(log);

    /// <summary>Every alert from its beginning to its end.</summary>
    public static List<AlertEpisode> Episodes(ReportLog log)
    {
        var (all, open) = (new List<AlertEpisode>(), new Dictionary<AlertRule, AlertEpisode>());
        foreach (var alert in log.Events.OfType<MonitorEvent.Alert>())
        {
            if (alert.Phase == AlertPhase.Cleared)
            {
                if (open.Remove(alert.Rule, out var ended)) ended.Until = alert.At;
                continue;
            }

            if (!open.TryGetValue(alert.Rule, out var episode)) all.Add(open[alert.Rule] = episode = new(alert.Rule));
            episode.Steps.Add(alert);
        }

        return all;
    }

    public string Alerts()
    {
        var html = new StringBuilder($"<section><h2>{words.Alerts}</h2>");
        if (_episodes.Count == 0)
            return html.Append(CultureInfo.InvariantCulture, $"<p>{words.NoAlerts}</p></section>\n").ToString();
        html.Append(
            CultureInfo.InvariantCulture,
            $"<div class=wide><table class=alerts><thead><tr><th>{words.At}<th>{words.Alert}<th>{words.Why}<th>{words.Over}</tr></thead><tbody>"
        );
        foreach (var episode in _episodes)
        {
            for (var i = 0; i < episode.Steps.Count; i++)
                Row(html, episode, episode.Steps[i], isLast: i == episode.Steps.Count - 1);
        }

        return html.Append("</tbody></table></div></section>\n").ToString();
    }

    public string Statuses()
    {
        var html = new StringBuilder($"<section><h2>{words.Status}</h2>");
        var said = log.Events.OfType<MonitorEvent.Status>().ToList();
        if (said.Count == 0) return html.Append(CultureInfo.InvariantCulture, $"<p>{words.NoStatus}</p></section>\n").ToString();
        html.Append("<ol class=status>");
        foreach (var status in said)
        {
            var kind = status.Kind switch
            {
                StatusKind.Recovered => "good",
                StatusKind.ModalitiesChanged or StatusKind.DriverChanged => "note",
                _ => "bad",
            };
            html.Append(
                CultureInfo.InvariantCulture,
                $"<li class={kind}><time>{axis.Write(status.At)}</time> {ReportPage.Safe(words.Name(EventNames.Of(status.Kind)))}"
            );
            if (status.Detail is not null)
                html.Append(
                    CultureInfo.InvariantCulture,
                    $" <small>{ReportPage.Safe(string.Join(", ", status.Detail.Split(',').Select(words.Name)))}</small>");
            html.Append("</li>");
        }

        return html.Append("</ol></section>\n").ToString();
    }

    public string Conformance()
    {
        var rows = _episodes.Select(episode => episode.Rule).Distinct().SelectMany(ConformanceTable.Of).ToList();
        if (rows.Count == 0)
            return "";
        var html = new StringBuilder(
            $"<section><h2>{words.Conformance}</h2><p class=help>{words.ConformanceHelp}</p><div class=wide><table><thead>");
        html.Append(
            CultureInfo.InvariantCulture,
            $"<tr><th>{words.Rule}<th>{words.Source}<th>{words.Required}<th>{words.Measured}</tr></thead><tbody>");
        foreach (var row in rows)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{ReportPage.Safe(row.Rule)}<td>{ReportPage.Safe(row.Source)}<td>{ReportPage.Safe(row.Required)}<td>{ReportPage.Safe(row.Measured)}</tr>"
            );
        return html.Append("</tbody></table></div></section>\n").ToString();
    }

    private void Row(StringBuilder html, AlertEpisode episode, MonitorEvent.Alert alert, bool isLast)
    {
        var row = AlertTable.Row(alert.Rule, alert.Level);
        html.Append(
            CultureInfo.InvariantCulture,
            $"<tr><td><time>{axis.Write(alert.At)}</time><td><span class=\"badge level{(int)alert.Level}\">{words.AlertLevels[(int)alert.Level]}</span> {ReportPage.Safe(words.Say(row))}"
        );
        if (
            log
                .Events.OfType<MonitorEvent.Dispute>()
                .Any(dispute =>
                    isLast && dispute.Rule == alert.Rule && dispute.RaisedAt >= episode.From && dispute.RaisedAt <= alert.At))
            html.Append(CultureInfo.InvariantCulture, $"<p class=disputed>{words.Disputed}</p>");
        html.Append("<td><ul>").AppendJoin("", alert.Why.Select(Why)).Append("</ul>");
        if (alert is { Score: { } score, Confidence: { } confidence })
            html.Append("<small>")
                .AppendFormat(
                    CultureInfo.InvariantCulture,
                    words.Score,
                    score.ToString("F2", words.Numbers),
                    confidence.ToString("F2", words.Numbers))
                .Append("</small>");
        if (log.Grounds.GetValueOrDefault(alert) is { Count: > 0 } grounds)
            html.Append("<small>")
                .AppendFormat(
                    CultureInfo.InvariantCulture,
                    words.RestsOn,
                    ReportPage.Safe(
                        string.Join(
                            ", ",
                            grounds.Select(one => $"{(one.Raises ? "▲" : "▽")} {words.Cue(one.Cue)} {words.Percent(one.Share)}")))
                )
                .Append("</small>");
        if (!alert.Limits.IsDefaultOrEmpty)
            html.Append("<small>")
                .AppendFormat(
                    CultureInfo.InvariantCulture,
                    words.Missing,
                    ReportPage.Safe(string.Join(", ", alert.Limits.Select(limit => words.Name(EventNames.Of(limit))))))
                .Append("</small>");
        html.Append(
            CultureInfo.InvariantCulture,
            $"<td>{(isLast && episode.Until is { } over ? $"<span class=narrow>{words.Over} </span><time>{axis.Write(over)}</time>" : "")}</tr>"
        );
    }

    private string Why(Reason reason)
    {
        var limit = reason.Limit is { } most
            ? $" <small>({words.Limit.Replace("{0}", Number(most, reason.Unit), StringComparison.Ordinal)})</small>"
            : "";
        return $"<li>{ReportPage.Safe(words.Cue(reason.Cue))} {Number(reason.Value, reason.Unit)}{limit}</li>";
    }

    private string Number(double value, string unit) => unit == "share" ? words.Percent(value)
        : string.Create(words.Numbers, $"{value:0.##} {ReportPage.Safe(unit)}").TrimEnd();
}

/// <summary>One alert, from the moment it was raised until it was over.</summary>
internal sealed class AlertEpisode(AlertRule rule)
{
    public AlertRule Rule { get; } = rule;
    public string State { get; } = AlertTable.StateOf(rule);

    /// <summary>Raised, then each time it rose.</summary>
    public List<MonitorEvent.Alert> Steps { get; } = [];

    /// <summary>Null if it stood to the end.</summary>
    public TimeSpan? Until { get; set; }

    public TimeSpan From => Steps[0].At;
    public AlertLevel Highest => Steps.Max(step => step.Level);
    public AlertRow Row => AlertTable.Row(Rule, Highest);
}
