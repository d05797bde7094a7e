using System.Text;

namespace DriverMonitor.Evaluation.Labels;

/// <summary>Takes a table's line apart. A cell in quotes may hold the separator, and a quote written twice.</summary>
internal static class TableCells
{
    private static readonly char[] Separators = ['\t', ';', ','];

    /// <summary>What separates the cells of a table that begins with this line; a comma where nothing does.</summary>
    public static char SeparatorOf(string header) =>
        Separators.FirstOrDefault(one => header.Contains(one, StringComparison.Ordinal), ',');

    /// <summary>Without the blanks around each cell. Quotes that nobody closes end with the line.</summary>
    public static string[] Of(string line, char separator)
    {
        if (!line.Contains('"', StringComparison.Ordinal)) return line.Split(separator, StringSplitOptions.TrimEntries);
        var (cells, cell, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            var letter = line[i];
            if (letter == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[++i]);
            else if (letter == '"') isQuoted = !isQuoted;
            else if (letter == separator && !isQuoted) Close();
            else cell.Append(letter);
        }

        Close();
        return [.. cells];

        void Close()
        {
            cells.Add(cell.ToString().Trim());
            cell.Clear();
        }
    }
}
