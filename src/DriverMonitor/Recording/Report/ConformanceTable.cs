using System.Globalization;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Recording.Report;

/// <summary>The bench's page, which is part of the program: which rules it measured, and how exactly.</summary>
internal static class ConformanceTable
{
    private const string Page = "conformance.md";

    /// <summary>The rows that time an alert of this kind.</summary>
    public static IEnumerable<ConformanceRow> Of(AlertRule rule) => Rows().Where(row => Times(rule, row));

    private static bool Times(AlertRule rule, ConformanceRow row) => rule switch
    {
        AlertRule.EyesClosed => Begins(row, "eyes closed", "face lost while shut", "head fell while shut", "alert over"),
        AlertRule.LongLookAway => Begins(row, "long look-away", "ADDW", "still away", "no return"),
        AlertRule.ManyLookAways => Begins(row, "many glances"),
        AlertRule.Phone => Begins(row, "phone"),
        AlertRule.Fatigue => row.Section == "Advice",
        _ => false,
    };

    private static bool Begins(ConformanceRow row, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (row.Rule.StartsWith(word, StringComparison.Ordinal)) return true;
        return false;
    }

    private static IEnumerable<ConformanceRow> Rows()
    {
        using var page = new StreamReader(typeof(ConformanceTable).Assembly.GetManifestResourceStream(Page)!);
        var section = "";
        while (page.ReadLine() is { } line)
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                section = line[3..];
            if (!line.StartsWith("| ", StringComparison.Ordinal) || line.StartsWith("| rule ", StringComparison.Ordinal))
                continue;
            var cells = line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries);
            if (cells.Length >= 5) yield return new(section, cells[0], cells[1], $"{cells[3]} ({cells[2]})", cells[4]);
        }
    }
}

/// <summary>One rule of the bench.</summary>
internal sealed record ConformanceRow(string Section, string Rule, string Source, string Required, string Measured)
{
    /// <summary>Seconds after its limit at which it came at the latest; null where nothing may come at all.</summary>
    public double? Latest => double.TryParse(
        Measured.Split(" to ")[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
}
