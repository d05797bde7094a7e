using System.Globalization;

namespace DriverMonitor.HeartRate;

/// <summary>
/// Holds a whole heart file against what a heart can do. One odd value is an artefact; a file whose middle value is odd was read
/// in the wrong unit or column, and would be judged with confidence.
/// </summary>
internal static class HeartUnits
{
    /// <summary>
    /// What a heart can do: wider than the judgement believes (HeartSettings), so that only a wrong unit falls out.
    /// </summary>
    public const double SlowestBpm = 25, FastestBpm = 240;

    /// <summary>The same in ms.</summary>
    public const double ShortestMs = 60_000 / FastestBpm, LongestMs = 60_000 / SlowestBpm;

    /// <summary>Fewer rows with times do not tell a unit from a gap.</summary>
    private const int FewestForRatio = 30;

    /// <summary>The rows with their intervals in ms.</summary>
    /// <exception cref="HeartFileException">They cannot be what they are said to be; the message names the suspicion.</exception>
    public static IReadOnlyList<HeartRow> Check(string path, HeartRows file)
    {
        var rows = file.Rows;
        if (Median(rows.SelectMany(row => row.Intervals).Where(interval => interval > 0)) is { } middle)
        {
            var scale = file.MsPerUnit ?? (middle is >= ShortestMs / 1000 and <= LongestMs / 1000 ? 1000 : 1);
            if (IntervalFault(middle * scale) is { } fault)
                throw Refused(path, fault);
            if (scale != 1)
                rows = [.. rows.Select(row => row with { Intervals = [.. row.Intervals.Select(interval => interval * scale)] })];
            if (MixedFault([.. rows.SelectMany(row => row.Intervals)], middle * scale) is { } mixed)
                throw Refused(path, mixed);
            if (ShareWithin(rows.SelectMany(row => row.Intervals), ShortestMs, LongestMs) < 0.5)
                throw Refused(path, "more than half of its intervals are shorter or longer than any heart's");
        }

        if (Median(rows.Select(row => row.Rate ?? 0).Where(rate => rate > 0)) is { } rate)
        {
            if (RateFault(rate) is { } fault) throw Refused(path, fault);
            if (Contradiction(rows, rate) is { } contradiction) throw Refused(path, contradiction);
        }

        if (TimeFault(rows) is { } wrong) throw Refused(path, wrong);
        return rows;
    }

    private static string? IntervalFault(double ms) =>
        ms switch
        {
            >= ShortestMs and <= LongestMs => null,
            >= ShortestMs / 1000 and <= LongestMs / 1000 => "its intervals look like seconds, not ms as it says",
            >= ShortestMs * 1000 and <= LongestMs * 1000 => "its intervals look like microseconds, not ms. Divide them by 1000",
            >= ShortestMs * 1e6 and <= LongestMs * 1e6 => "its intervals look like nanoseconds, not ms. Divide them by 1,000,000",
            >= SlowestBpm and <= FastestBpm =>
                "its intervals look like heart rates (bpm), not ms. Give lines 'at_s,bpm'; are columns swapped?",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"its middle interval is {ms:0.###} ms, which is no heart's. Is it another unit or column?"),
        };

    /// <summary>
    /// No artefact is a thousand times too short or long; and of short ones few happen to be the rate of the others.
    /// </summary>
    private static string? MixedFault(double[] intervals, double middle)
    {
        var least = Math.Max(3, 0.02 * intervals.Length);
        if (intervals.Count(value => value is >= ShortestMs / 1000 and <= LongestMs / 1000) >= least)
            return "some of its intervals look like seconds, others like ms. Give one unit";
        if (intervals.Count(value => value is >= ShortestMs * 1000 and <= LongestMs * 1000) >= least)
            return "some of its intervals look like microseconds, others like ms. Give one unit";
        var rates = intervals.Count(value =>
            value is >= SlowestBpm and < FastestBpm && Math.Abs(60_000 / value - middle) <= 0.15 * middle);
        return rates >= Math.Max(5, 0.05 * intervals.Length)
            ? "some of its intervals look like heart rates (bpm), others like ms. Give one unit" : null;
    }

    private static string? RateFault(double bpm) =>
        bpm switch
        {
            >= SlowestBpm and <= FastestBpm => null,
            >= ShortestMs and <= LongestMs =>
                "its bpm look like RR intervals in ms. Leave bpm empty ('at_s,,rr_ms'), or swap the columns",
            >= SlowestBpm / 60 and <= FastestBpm / 60 =>
                "its bpm look like beats a second, or RR intervals in seconds. Give beats a minute",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"its middle rate is {bpm:0.###} bpm, which is no heart's. Is it another unit or column?"),
        };

    private static string? Contradiction(IReadOnlyList<HeartRow> rows, double rate)
    {
        if (Median(rows.SelectMany(row => row.Intervals).Where(interval => interval > 0)) is not { } middle) return null;
        var said = 60_000 / middle;
        return rows.Count < FewestForRatio || Math.Abs(said - rate) <= 0.35 * rate
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"its intervals say {said:0} bpm and its rates {rate:0}. Is one of them another unit or column?");
    }

    /// <summary>Intervals fill the time that passes, or less where beats were lost; never more.</summary>
    private static string? TimeFault(IReadOnlyList<HeartRow> rows)
    {
        if (rows.Count > 1 && rows.All(row => row.At is null && row.Intervals.IsEmpty))
            return "its rates have no times. Give lines 'at_s,bpm'";
        if (rows.Count < FewestForRatio || rows[0].At is not { } from || rows[^1].At is not { } to || to <= from)
            return null;
        var seconds = rows.Skip(1).SelectMany(row => row.Intervals).Sum() / 1000;
        return (seconds / (to - from)) switch
        {
            0 => null,
            >= 1.0195 and <= 1.0285 =>
                "its intervals add up to 1.024 times the time that passed: are they in 1/1024 s? Multiply them by 0.9765625",
            > 1.2 => string.Create(
                CultureInfo.InvariantCulture,
                $"its intervals add up to {seconds:0} s in {to - from:0} s. Are beats repeated, or the times in another unit?"),
            < 0.02 => string.Create(
                CultureInfo.InvariantCulture,
                $"its times look like ms: {to - from:0} for {seconds:0} s of beats. Give seconds"),
            _ => null,
        };
    }

    private static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? null : sorted[sorted.Length / 2];
    }

    private static double ShareWithin(IEnumerable<double> values, double least, double most)
    {
        var (all, within) = (0, 0);
        foreach (var value in values)
        {
            all++;
            if (value >= least && value <= most) within++;
        }

        return all == 0 ? 1 : (double)within / all;
    }

    private static HeartFileException Refused(string path, string why) =>
        new($"Heart file {path}: {why}{(why[^1] == '?' ? "" : ".")}");
}
