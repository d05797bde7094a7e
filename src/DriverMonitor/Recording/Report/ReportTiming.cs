using System.Globalization;

namespace DriverMonitor.Recording.Report;

/// <summary>How exactly such alerts come, by the bench of this version: one line, and where the table is.</summary>
internal static class ReportTiming
{
    /// <summary>Where the package puts it.</summary>
    private const string Table = "/usr/share/doc/drivermonitor/tests/CONFORMANCE.md";

    public static string Write(ReportLog log, ReportWords words)
    {
        var rows = log.Episodes.Select(episode => episode.Rule).Distinct().SelectMany(ConformanceTable.Of).ToList();
        if (rows.Count == 0) return "";
        var latest = rows.Max(row => row.Latest ?? 0).ToString("F2", words.Numbers);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<p class=timing><strong>{words.Conformance}:</strong> {words.Put(words.ConformanceMore, rows.Count, latest)} <a href=\"file://{Table}\">tests/CONFORMANCE.md</a></p>\n");
    }
}
