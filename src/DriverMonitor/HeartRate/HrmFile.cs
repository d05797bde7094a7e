using System.Globalization;
using DriverMonitor.Files;

namespace DriverMonitor.HeartRate;

/// <summary>
/// Polar's .hrm. Its <c>Interval</c> says what the rows hold: 238 beat intervals in ms, 204 intermediate times and no series,
/// otherwise the seconds between rates (Polar HRM file format, version 1.4). Without it the rows are intervals.
/// </summary>
internal static class HrmFile
{
    private const string Data = "[HRData]";
    private const string Key = "Interval=";
    private const int Beats = 238, NoSeries = 204;
    private static readonly int[] Steps = [1, 2, 5, 10, 15, 30, 60, 120, 240, 300, 480];

    /// <summary>Whether the series begins behind this line.</summary>
    public static bool IsData(string line) => line.Equals(Data, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="HeartFileException">It holds no series, or a row that cannot be read.</exception>
    public static HeartRows Read(string path, string[] lines)
    {
        var said = Array.Find(lines, line => line.StartsWith(Key, StringComparison.OrdinalIgnoreCase))?[Key.Length..].Trim();
        var code =
            said is null ? Beats
            : int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : -1;
        if (code == NoSeries)
            throw new HeartFileException(
                $"Heart file {path}: {Key}{NoSeries} means intermediate times only, no series of heart rates. Export the exercise with its samples."
            );
        if (code != Beats && !Steps.Contains(code))
            throw new HeartFileException(
                $"Heart file {path}: {Key}{ShownText.Excerpt(said!)} is no interval of this format. Export it again.");

        var rows = new List<HeartRow>();
        for (var i = Array.FindIndex(lines, IsData) + 1; i < lines.Length && !lines[i].StartsWith('['); i++)
        {
            if (lines[i].Length == 0) continue;
            if (!HeartTable.TryNumber(lines[i].Split('\t')[0], out var value) || value < 0)
                throw new HeartFileException(
                    $"Heart file {path}, line {i + 1}: '{ShownText.Excerpt(lines[i])}' is not {(code == Beats ? "one RR interval in ms" : "a heart rate")}. Correct the line."
                );
            rows.Add(code == Beats ? new(null, null, [value]) : new((rows.Count + 1.0) * code, value, []));
        }

        return new(rows, code == Beats ? 1 : null);
    }
}
