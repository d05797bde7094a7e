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

    public HeartRows Read(string text)
    {
        var lines = text.Split('\n').Select((line, index) => (Text: line.Trim(), Number: index + 1))
            .Where(line => line.Text.Length > 0 && line.Text[0] is not ('#' or '%')).ToList();
        foreach (var (line, index) in lines.Take(HeaderWithin).Select((line, index) => (line, index)))
        {
            if (HeaderOf(line.Text) is var (separator, columns)) return ReadNamed(lines[(index + 1)..], separator, columns);
        }

        if (lines.Count > 1 && IsTitle(lines[0].Text)) lines.RemoveAt(0);
        if (lines.Exists(line => line.Text.Contains(',', StringComparison.Ordinal) && !line.Text.Contains('\t', StringComparison.Ordinal)))
        {
            RefuseDecimalComma(lines);
            return new(lines.ConvertAll(ReadOwn));
        }

        return ReadPlain(lines);
    }

    /// <summary>A number, with a point; a decimal comma where the caller's separator is another.</summary>
    public static bool TryNumber(string text, out double value, bool mayHaveComma = false)
    {
        text = text.Trim('"', ' ');
        if (mayHaveComma && !text.Contains('.', StringComparison.Ordinal)) text = text.Replace(',', '.');
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value) && Math.Abs(value) < 1e15;
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

    /// <summary>A first line of words that we do not know; a line of control characters is none.</summary>
    private static bool IsTitle(string line) =>
        char.IsLetter(line.TrimStart('"').FirstOrDefault()) && !line.Any(char.IsControl) && !line.Any(char.IsDigit);

    private HeartRows ReadNamed(List<(string Text, int Number)> lines, char separator, HeartColumns columns)
    {
        var rows = new List<HeartRow>(lines.Count);
        double? first = null;
        foreach (var (text, number) in lines)
        {
            var fields = text.Split(separator);
            double? at = null;
            if (Field(fields, columns.Time) is { Length: > 0 } time)
            {
                if (!TryTime(time, columns.SecondsPerTime, separator != ',', out var seconds, out var isAbsolute))
                    throw Bad(number, text, "a line with a time that can be read");
                first ??= isAbsolute ? seconds : 0;
                at = seconds - first;
            }

            if (!TryRate(Field(fields, columns.Rate), separator != ',', out var rate)
                || !TryIntervals(Field(fields, columns.Interval), separator, out var intervals) || at < 0)
                throw Bad(number, text, "a line of numbers under its header");
            if (rate is null && intervals.IsEmpty && columns.Time is null) continue;
            rows.Add(new(at, rate, intervals));
        }

        return new(rows, columns.MsPerInterval);
    }

    private HeartRow ReadOwn((string Text, int Number) line)
    {
        var fields = line.Text.Split(',', StringSplitOptions.TrimEntries);
        if (fields.Length is < 2 or > 3 || !TryNumber(fields[0], out var at) || at < 0
            || !TryRate(fields[1], mayHaveComma: false, out var rate) || !TryIntervals(fields.Length == 3 ? fields[2] : "", ',', out var intervals))
        {
            var hint = fields.Length > 3 ? ", and no decimal comma" : "";
            throw Bad(line.Number, line.Text, $"'at_s,bpm,rr_ms' with numbers, several intervals joined by ';'{hint}");
        }

        return new(at, rate, intervals);
    }

    /// <summary>One interval a line, or several; or a first column of rising times.</summary>
    private HeartRows ReadPlain(List<(string Text, int Number)> lines)
    {
        var table = new List<double[]>(lines.Count);
        foreach (var (text, number) in lines)
        {
            var numbers = new List<double>();
            foreach (var field in text.Split(['\t', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (!TryNumber(field, out var value, mayHaveComma: true) || value < 0) throw Bad(number, text, "one RR interval in ms");
                numbers.Add(value);
            }

            table.Add([.. numbers]);
        }

        var isTimed = table.Count > 2 && table.TrueForAll(row => row.Length == 2) && table.Zip(table.Skip(1)).All(pair => pair.First[0] < pair.Second[0]);
        return new([.. isTimed
            ? table.Select(row => new HeartRow(row[0], null, [row[1]]))
            : table.SelectMany(row => row).Select(interval => new HeartRow(null, null, [interval]))]);
    }

    /// <summary>"812,5" a line is an interval with a decimal comma, and would pass as second 812 with 5 beats a minute.</summary>
    private void RefuseDecimalComma(List<(string Text, int Number)> lines)
    {
        if (lines.Count < 2 || !lines.TrueForAll(line => CommaNumber().IsMatch(line.Text))) return;
        var pairs = lines.ConvertAll(line => line.Text.Split(',', StringSplitOptions.TrimEntries)
            .Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray());
        var rises = pairs[^1][0] > pairs[0][0] && pairs.Zip(pairs.Skip(1)).All(pair => pair.First[0] <= pair.Second[0]);
        var areRates = pairs.Count(pair => pair[1] is >= HeartUnits.SlowestBpm and <= HeartUnits.FastestBpm or 0) > pairs.Count / 2;
        var areIntervals = pairs[^1][0] - pairs[0][0] >= pairs.Count / 4.0 && pairs.Count(pair => pair[1] >= HeartUnits.ShortestMs) > pairs.Count / 2;
        if (rises && (areRates || areIntervals)) return;
        throw new HeartFileException(
            $"Heart file {path}, line {lines[0].Number}: '{ShownText.Excerpt(lines[0].Text)}' looks like one number with a decimal comma. "
            + $"Write it with a point: '{ShownText.Excerpt(lines[0].Text.Replace(',', '.'))}'.");
    }

    private static string Field(string[] fields, int? index) => index is { } at && at < fields.Length ? fields[at].Trim('"', ' ') : "";

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

    /// <summary>Seconds, a time of day, or a date with one. What counts from long ago counts from the first row.</summary>
    private static bool TryTime(string text, double unit, bool mayHaveComma, out double seconds, out bool isAbsolute)
    {
        isAbsolute = true;
        if (TryNumber(text, out seconds, mayHaveComma))
        {
            // From 1973 on, in seconds or milliseconds of the Unix clock.
            if (seconds > 1e11) seconds /= 1000;
            else if (seconds < 1e8) (seconds, isAbsolute) = (seconds * unit, false);
            return true;
        }

        text = text.Replace(',', '.');
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var clock)) seconds = clock.TotalSeconds;
        else if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            seconds = moment.UtcTicks / (double)TimeSpan.TicksPerSecond;
        else return false;
        return true;
    }

    private HeartFileException Bad(int number, string line, string wanted) =>
        new($"Heart file {path}, line {number}: '{ShownText.Excerpt(line)}' is not {wanted}. Correct the line.");

    [GeneratedRegex(@"^[0-9]{1,5} ?, ?[0-9]{1,6}$", RegexOptions.CultureInvariant)]
    private static partial Regex CommaNumber();
}
