using System.Globalization;
using System.Text;

namespace DriverMonitor.Recording.Report;

/// <summary>How exactly such alerts come, measured on the bench of this version: one line, the table behind it.</summary>
internal static class ReportTiming
{
    public static string Write(ReportLog log, ReportWords words)
    {
        var rows = log.Episodes.Select(episode => episode.Rule).Distinct().SelectMany(ConformanceTable.Of).ToList();
        if (rows.Count == 0) return "";
        var html = new StringBuilder();
        html.Append(
            CultureInfo.InvariantCulture,
            $"<details class=timing><summary><strong>{words.Conformance}:</strong> {words.Put(words.ConformanceMore, rows.Count)}</summary>");
        html.Append(CultureInfo.InvariantCulture, $"<p class=help>{words.ConformanceHelp}</p><div class=wide><table><tbody>");
        foreach (var row in rows)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{ReportPage.Safe(row.Rule)}<td>{ReportPage.Safe(row.Required)}<td>{ReportPage.Safe(row.Measured)}</tr>");
        return html.Append("</tbody></table></div></details>\n").ToString();
    }
}
