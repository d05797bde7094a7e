using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using DriverMonitor.Files;

namespace DriverMonitor.HeartRate;

/// <summary>
/// Reads a heart that was exported as text: our own <c>at_s,bpm,rr_ms</c>, one interval a line, and the tables with a header that
/// apps write (comma, semicolon, tab; decimal comma where it cannot be mistaken). What could be read in two ways is refused.
/// </summary>
internal sealed partial class HeartTable(string path)
{
    private const int HeaderWithin = 60;

    /// <summary>A breath lasts fewer beats: of more intervals one is shorter than the one before.</summary>
    private const int FewestRising = 20;

    public HeartRows Read(string text)
    {
        var lines = text.Split('\n').Select((line, index) => (Text: line.Trim(), Number: index + 1))
            .Where(line => line.Text.Length > 0 && line.Text[0] is not ('#' or '%')).ToList();
        if (HeadersOf(lines) is [var first, ..] headers)
        {
            // Some apps begin with a table about the exercise.
            var (index, separator, columns) =
                headers.FirstOrDefault(header => IsReadable(lines, header.Index + 1, header.Separator, header.Columns), first);
            return ReadNamed(lines[(index + 1)..], separator, columns);
        }

        if (lines.Count > 1 && IsTitle(lines[0].Text)) lines.RemoveAt(0);
        if (lines.TrueForAll(line => line.Text.IndexOf(',', StringComparison.Ordinal) == line.Text.Length - 1))
            lines = lines.ConvertAll(line => (line.Text[..^1], line.Number));
        if (lines.Exists(line => HasComma(line.Text)) && !lines.TrueForAll(line => SemicolonRow().IsMatch(line.Text)))
        {
            RefuseDecimalComma(lines);
            var times = new HeartTimes(1, mayHaveComma: false);
            return new(lines.ConvertAll(line => ReadOwn(line, times)));
        }

        return ReadPlain(lines);
    }

    /// <summary>A number, with a point; a decimal comma where the caller's separator is another.</summary>
    public static bool TryNumber(string text, out double value, bool mayHaveComma = false)
    {
        text = text.Trim('"', ' ');
        if (mayHaveComma && !text.Contains('.', StringComparison.Ordinal))
            text = text.Replace(',', '.');
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value)
            && Math.Abs(value) < 1e15;
    }

    private static (char Separator, HeartColumns Columns)? HeaderOf(string line)
    {
        foreach (var separator in (ReadOnlySpan<char>)[';', '\t', ','])
        {
            var titles = line.Split(separator);
            if (titles.Any(title => TryNumber(title, out _))) continue;
            if (HeartColumns.Of(titles) is { } columns) return (separator, columns);
        }

        return null;
    }

    private static bool HasComma(string line) =>
        line.Contains(',', StringComparison.Ordinal) && !line.Contains('\t', StringComparison.Ordinal);

    private static List<(int Index, char Separator, HeartColumns Columns)> HeadersOf(List<(string Text, int Number)> lines)
    {
        var headers = new List<(int, char, HeartColumns)>();
        for (var i = 0; i < Math.Min(lines.Count, HeaderWithin); i++)
            if (HeaderOf(lines[i].Text) is var (separator, columns)) headers.Add((i, separator, columns));
        return headers;
    }

    private bool IsReadable(List<(string Text, int Number)> lines, int index, char separator, HeartColumns columns)
    {
        if (index >= lines.Count) return false;
        try
        {
            return ReadNamed([lines[index]], separator, columns).Rows.Count > 0;
        }
        catch (HeartFileException)
        {
            return false;
        }
    }

    /// <summary>A first line of words that we do not know; a line of control characters is none.</summary>
    private static bool IsTitle(string line) =>
        char.IsLetter(line.TrimStart('"').FirstOrDefault()) && !line.Any(char.IsControl) && !line.Any(char.IsDigit);

    private HeartRows ReadNamed(List<(string Text, int Number)> lines, char separator, HeartColumns columns)
    {
        var rows = new List<HeartRow>(lines.Count);
        var times = new HeartTimes(columns.SecondsPerTime, mayHaveComma: separator != ',');
        foreach (var (text, number) in lines)
        {
            var fields = text.Split(separator);
            double? at = null;
            if (Field(fields, columns.Time) is { Length: > 0 } time)
                at = times.TryRead(time, out var seconds)
                    ? seconds
                    : throw Bad(number, text, "a line with a time that can be read");

            if (!TryRate(Field(fields, columns.Rate), separator != ',', out var rate)
                || !TryIntervals(Field(fields, columns.Interval), separator, out var intervals))
                throw Bad(number, text, "a line of numbers under its header");
            if (rate is null && intervals.IsEmpty && columns.Time is null) continue;
            rows.Add(new(at, rate, intervals));
        }

        return new(rows, columns.MsPerInterval);
    }

    private HeartRow ReadOwn((string Text, int Number) line, HeartTimes times)
    {
        var fields = line.Text.Split(',', StringSplitOptions.TrimEntries);
        if (
            fields.Length is < 2 or > 3
            || !times.TryRead(fields[0], out var at)
            || !TryRate(fields[1], mayHaveComma: false, out var rate)
            || !TryIntervals(fields.Length == 3 ? fields[2] : "", ',', out var intervals))
        {
            var hint = fields.Length > 3 ? ", and no decimal comma" : "";
            throw Bad(line.Number, line.Text, $"'at_s,bpm,rr_ms' with numbers, several intervals joined by ';'{hint}");
        }

        return new(at, rate, intervals);
    }

    /// <summary>
    /// One interval a line, or several; or a first column of rising times, and behind it an interval, or a rate and one.
    /// </summary>
    private HeartRows ReadPlain(List<(string Text, int Number)> lines)
    {
        var table = new List<double[]>(lines.Count);
        foreach (var (text, number) in lines)
        {
            var numbers = new List<double>();
            foreach (
                var field in text.Split(['\t', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (!TryNumber(field, out var value, mayHaveComma: true) || value < 0)
                    throw Bad(number, text, "one RR interval in ms");
                numbers.Add(value);
            }

            table.Add([.. numbers]);
        }

        var rises = table.Count > 2 && table.TrueForAll(row => row.Length == table[0].Length)
            && table.Zip(table.Skip(1)).All(pair => pair.First[0] < pair.Second[0]);
        var width = rises ? table[0].Length : 0;
        if (width == 1 && table.Count >= FewestRising)
            throw new HeartFileException(
                $"Heart file {path}: its values only rise. Are they the moments of the beats? Give the intervals.");
        return new([
            .. width switch
            {
                2 => table.Select(row => new HeartRow(row[0], null, [row[1]])),
                3 => table.Select(row => new HeartRow(row[0], row[1], [row[2]])),
                _ => table.SelectMany(row => row).Select(interval => new HeartRow(null, null, [interval])),
            },
        ]);
    }

    /// <summary>"812,5" a line is an interval with a decimal comma, and would pass as second 812 with 5 beats a minute.</summary>
    private void RefuseDecimalComma(List<(string Text, int Number)> lines)
    {
        if (lines.Count < 2 || !lines.TrueForAll(line => CommaNumber().IsMatch(line.Text))) return;
        var pairs = lines.ConvertAll(line => line.Text.Split(',', StringSplitOptions.TrimEntries)
            .Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray());
        var rises = pairs[^1][0] > pairs[0][0] && pairs.Zip(pairs.Skip(1)).All(pair => pair.First[0] <= pair.Second[0]);
        var areRates =
            pairs.Count(pair => pair[1] is >= HeartUnits.SlowestBpm and <= HeartUnits.FastestBpm or 0) > pairs.Count / 2;
        var areIntervals =
            pairs[^1][0] - pairs[0][0] >= pairs.Count / 4.0
            && pairs.Count(pair => pair[1] >= HeartUnits.ShortestMs) > pairs.Count / 2;
        if (rises && (areRates || areIntervals))
            return;
        throw new HeartFileException(
            $"Heart file {path}, line {lines[0].Number}: '{ShownText.Excerpt(lines[0].Text)}' looks like one number with a decimal comma. "
            + $"Write it with a point: '{ShownText.Excerpt(lines[0].Text.Replace(',', '.'))}'.");
    }

    private static string Field(string[] fields, int? index) =>
        index is { } at && at < fields.Length ? fields[at].Trim('"', ' ') : "";

    private static bool TryRate(string text, bool mayHaveComma, out double? rate)
    {
        rate = null;
        if (text.Length == 0) return true;
        if (!TryNumber(text, out var value, mayHaveComma) || value < 0) return false;
        rate = value;
        return true;
    }

    private static bool TryIntervals(string text, char separator, out ImmutableArray<double> intervals)
    {
        intervals = [];
        var all = ImmutableArray.CreateBuilder<double>();
        foreach (var part in text.Split([';', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryNumber(part, out var interval, mayHaveComma: separator != ',') || interval < 0) return false;
            all.Add(interval);
        }

        intervals = all.ToImmutable();
        return true;
    }

    private HeartFileException Bad(int number, string line, string wanted) =>
        new($"Heart file {path}, line {number}: '{ShownText.Excerpt(line)}' is not {wanted}. Correct the line.");

    /// <summary>Numbers between semicolons, of which the first has a decimal comma: no line of ours.</summary>
    [GeneratedRegex(@"^[0-9]+,[0-9]+( ?; ?[0-9]+(,[0-9]+)?)+$", RegexOptions.CultureInvariant)]
    private static partial Regex SemicolonRow();

    [GeneratedRegex(@"^[0-9]{1,5} ?, ?[0-9]{1,6}$", RegexOptions.CultureInvariant)]
    private static partial Regex CommaNumber();
}
