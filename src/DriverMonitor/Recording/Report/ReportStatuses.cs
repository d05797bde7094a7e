using System.Globalization;
using System.Text;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Recording.Report;

/// <summary>What was in the way of the monitor's own senses; where that was much, counted and not listed.</summary>
internal static class ReportStatuses
{
    private const int MostListed = 60;

    public static string Write(ReportLog log, ReportWords words, Axis axis)
    {
        var html = new StringBuilder($"<section><h2>{words.Status}</h2>");
        var said = log.Events.OfType<MonitorEvent.Status>().ToList();
        if (said.Count == 0) return html.Append(CultureInfo.InvariantCulture, $"<p>{words.NoStatus}</p></section>\n").ToString();
        html.Append("<ol class=status>");
        if (said.Count <= MostListed) foreach (var status in said) Line(html, status, status.Detail, 1);
        else
            foreach (var kind in said.Where(one => one.Kind != StatusKind.Recovered).GroupBy(one => one.Kind))
                Line(html, kind.First(), null, kind.Count());
        return html.Append("</ol></section>\n").ToString();

        void Line(StringBuilder to, MonitorEvent.Status status, string? detail, int count)
        {
            to.Append(
                CultureInfo.InvariantCulture,
                $"<li class={ClassOf(status.Kind)}><time>{axis.Clock(status.At)}</time> {ReportPage.Safe(words.Name(EventNames.Of(status.Kind)))}");
            if (count > 1) to.Append(CultureInfo.InvariantCulture, $" <small>{words.Put(words.Times, count)}</small>");
            if (detail is not null)
                to.Append(
                    CultureInfo.InvariantCulture,
                    $" <small>{ReportPage.Safe(string.Join(", ", detail.Split(',').Select(part => words.Name(KeyOf(status.Kind, part)))))}</small>");
            to.Append("</li>");
        }
    }

    /// <summary>A modality is called as in the consents: what the table calls "voice" is a cue.</summary>
    private static string KeyOf(StatusKind kind, string part) =>
        kind == StatusKind.ModalitiesChanged && part is ("heart" or "voice") ? $"modality.{part}" : part;

    private static string ClassOf(StatusKind kind) => kind switch
    {
        StatusKind.Recovered => "good",
        StatusKind.ModalitiesChanged or StatusKind.DriverChanged => "note",
        _ => "bad",
    };
}
