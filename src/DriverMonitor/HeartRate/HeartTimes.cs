using System.Globalization;

namespace DriverMonitor.HeartRate;

/// <summary>
/// Reads the times of a table, one row after the other: seconds, a time of day, or a date with one. What counts from long ago
/// counts from the first row, and a time of day goes on after midnight.
/// </summary>
/// <param name="unit">Seconds of a time that is a number.</param>
/// <param name="mayHaveComma">Whether a decimal comma is none that separates.</param>
internal sealed class HeartTimes(double unit, bool mayHaveComma)
{
    private const double Day = 24 * 3600;

    private static readonly string[] DottedDates =
    [
        "d.M.yyyy H:m:s",
        "d.M.yyyy H:m:s.FFFFFF",
        "d.M.yyyy H:m",
        "d/M/yyyy H:m:s.FFFFFF",
    ];

    private double? _first;
    private double _last, _days;

    /// <summary>Seconds since the file's beginning.</summary>
    public bool TryRead(string text, out double at)
    {
        if (!TryParse(text, out var seconds, out var kind))
        {
            at = 0;
            return false;
        }

        if (kind == TimeKind.OfDay)
        {
            if (seconds + _days < _last - Day / 2) _days += Day;
            seconds += _days;
        }

        _last = seconds;
        _first ??= kind == TimeKind.SinceStart ? 0 : seconds;
        at = seconds - _first.Value;
        return at >= 0;
    }

    private bool TryParse(string text, out double seconds, out TimeKind kind)
    {
        kind = TimeKind.Absolute;
        if (HeartTable.TryNumber(text, out seconds, mayHaveComma))
        {
            // From 1973 on, in seconds or milliseconds of the Unix clock.
            if (seconds > 1e11) seconds /= 1000;
            else if (seconds < 1e8) (seconds, kind) = (seconds * unit, TimeKind.SinceStart);
            return true;
        }

        text = text.Replace(',', '.');
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var clock))
            (seconds, kind) = (clock.TotalSeconds, TimeKind.OfDay);
        else if (
            DateTimeOffset.TryParseExact(
                text, DottedDates[..3], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment)
            || DateTimeOffset.TryParseExact(
                text, DottedDates[3], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment))
            seconds = moment.UtcTicks / (double)TimeSpan.TicksPerSecond;
        else return false;
        return true;
    }

    private enum TimeKind
    {
        SinceStart,
        OfDay,
        Absolute,
    }
}
