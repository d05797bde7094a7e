using System.Globalization;

namespace DriverMonitor.Evaluation.Labels;

/// <summary>
/// Tables with a header: events (<c>label,start_s,end_s</c> or <c>label,start_frame,end_frame</c>) or one row a picture
/// (<c>frame,closed,yawn</c>, 0 or 1 in each column, or a word in a column <c>label</c>); and ELAN's export with tabs, with a
/// header or without.
/// </summary>
internal static class TableLabels
{
    private static readonly string[] LabelColumns = ["label", "class", "event", "annotation", "value", "kind"];
    private static readonly string[] StartSeconds = ["start_s", "start", "begin", "begin_time", "startedat", "from", "from_s", "begin_time_ss.msec"];
    private static readonly string[] EndSeconds = ["end_s", "end", "end_time", "until", "to", "until_s", "end_time_ss.msec"];
    private static readonly string[] StartPictures = ["start_frame", "frame_start", "first_frame"];
    private static readonly string[] EndPictures = ["end_frame", "frame_end", "last_frame"];

    public static IEnumerable<RawLabel> Parse(string text, string? tier)
    {
        var lines = text.Split('\n').Where(line => line.Trim().Length > 0 && line[0] != '#').ToList();
        if (lines.Count == 0) return [];
        var separator = TableCells.SeparatorOf(lines[0]);
        var header = TableCells.Of(lines[0], separator).Select(cell => cell.ToLowerInvariant().Replace(' ', '_').Replace("_-_", "_")).ToList();
        var (from, until) = (Find(header, StartSeconds), Find(header, EndSeconds));
        var inPictures = from < 0;
        if (inPictures) (from, until) = (Find(header, StartPictures), Find(header, EndPictures));
        if (from >= 0 && until >= 0) return Events(lines, separator, header, (from, until), inPictures, tier);
        if (header.IndexOf("frame") is >= 0 and var frame) return Pictures(lines, separator, header, frame, tier);
        if (separator == '\t') return ElanRows(lines, tier);
        throw new FormatException("its first line names neither start_s and end_s, nor start_frame and end_frame, nor frame");
    }

    private static IEnumerable<RawLabel> Events(
        List<string> lines, char separator, List<string> header, (int From, int Until) columns, bool inPictures, string? tier)
    {
        var (word, row) = (Find(header, LabelColumns), header.IndexOf("tier"));
        if (word < 0) throw new FormatException("its first line names no column 'label'");
        for (var i = 1; i < lines.Count; i++)
        {
            var cells = TableCells.Of(lines[i], separator);
            if (cells.Length <= Math.Max(word, Math.Max(columns.From, columns.Until)))
                throw new FormatException($"line {i + 1} has {cells.Length} columns where the first has {header.Count}");
            if (tier is not null && row >= 0 && row < cells.Length && cells[row] != tier) continue;
            yield return new(cells[word], Number(cells[columns.From], i), Number(cells[columns.Until], i), inPictures);
        }
    }

    private static IEnumerable<RawLabel> Pictures(List<string> lines, char separator, List<string> header, int frame,
        string? tier)
    {
        var rows = lines.Skip(1).Select(line => TableCells.Of(line, separator)).ToList();
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Length != header.Count || Number(rows[i][frame], i + 1) != i + Number(rows[0][frame], 1))
                throw new FormatException($"line {i + 2} is not the next picture's, with {header.Count} columns");
        }

        if (rows.Count == 0) yield break;
        var first = Number(rows[0][frame], 1);
        for (var column = 0; column < header.Count; column++)
        {
            if (column == frame || (tier is not null && !header[column].Equals(tier,
                StringComparison.OrdinalIgnoreCase))) continue;
            var (name, isWord) = (header[column], LabelColumns.Contains(header[column]));
            foreach (var run in FlagLabels.Runs(rows.Select(row => Flag(row[column], name, isWord))))
                yield return run with { From = run.From + first, Until = run.Until + first };
        }
    }

    private static string? Flag(string cell, string name, bool isWord) => cell.ToLowerInvariant() switch
    {
        "" or "0" or "false" or "no" => null,
        "1" or "true" or "yes" when !isWord => name,
        _ when isWord => cell,
        _ => throw new FormatException($"'{Files.ShownText.Excerpt(cell)}' in column {name} is neither 0 nor 1"),
    };

    /// <summary>ELAN without a header: tier, participant, times in one form or several, the annotation last.</summary>
    private static IEnumerable<RawLabel> ElanRows(List<string> lines, string? tier)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var cells = TableCells.Of(lines[i], '\t');
            if (tier is not null && cells[0] != tier) continue;
            var times = cells.Select(Time).Where(time => time is not null).Select(time => time!.Value).ToList();
            if (times.Count < 2) throw new FormatException($"line {i + 1} has no two times");
            // Begin, end and duration, each in as many forms: the second that is later than the first is the end.
            var (from, until) = (times[0], times.Skip(1).FirstOrDefault(time => time > times[0] + 5e-4, times[0]));
            var word = Array.FindLast(cells, cell => cell.Length > 0 && Time(cell) is null) ?? cells[0];
            yield return new(word, from, until, IsInPictures: false);
        }
    }

    private static double? Time(string cell)
    {
        if (cell.Contains(':', StringComparison.Ordinal)) return Clock(cell.Replace(',', '.').Split(':'));
        // Where the cell still holds a comma it separates no cells: half of Europe writes 1,5.
        return double.TryParse(cell.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && double.IsFinite(seconds)
            ? seconds
            : null;
    }

    /// <summary>Hours, minutes and seconds, or the last two.</summary>
    private static double? Clock(string[] parts)
    {
        if (parts.Length > 3) return null;
        var sum = 0.0;
        foreach (var part in parts)
        {
            if (!double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return null;
            sum = 60 * sum + value;
        }

        return sum;
    }

    private static double Number(string cell, int line) =>
        Time(cell) ?? throw new FormatException($"line {line + 1}: '{Files.ShownText.Excerpt(cell)}' is no time and no picture");

    private static int Find(List<string> header, string[] names) => header.FindIndex(names.Contains);
}
