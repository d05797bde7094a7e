using System.Globalization;
using System.Text.RegularExpressions;

namespace DriverMonitor.Configuration;

/// <summary>
/// The one reader of durations in settings. The framework reads "24:00:00" as 24 days and "7" as 7; here hours, minutes and
/// seconds are what they look like, units may be written out, and what can be read in two ways is refused.
/// </summary>
internal static partial class DurationText
{
    /// <summary>What may be written, for a message.</summary>
    public const string Forms =
        "a time such as \"00:00:05\", \"36:00:00\" (hours), \"7.00:00:00\" or \"7 days\", \"36 h\", \"90 s\"";

    private static readonly Dictionary<string, TimeSpan> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ms"] = TimeSpan.FromMilliseconds(1),
        ["s"] = TimeSpan.FromSeconds(1),
        ["sec"] = TimeSpan.FromSeconds(1),
        ["second"] = TimeSpan.FromSeconds(1),
        ["seconds"] = TimeSpan.FromSeconds(1),
        ["min"] = TimeSpan.FromMinutes(1),
        ["minute"] = TimeSpan.FromMinutes(1),
        ["minutes"] = TimeSpan.FromMinutes(1),
        ["h"] = TimeSpan.FromHours(1),
        ["hour"] = TimeSpan.FromHours(1),
        ["hours"] = TimeSpan.FromHours(1),
        ["d"] = TimeSpan.FromDays(1),
        ["day"] = TimeSpan.FromDays(1),
        ["days"] = TimeSpan.FromDays(1),
        ["week"] = TimeSpan.FromDays(7),
        ["weeks"] = TimeSpan.FromDays(7),
    };

    /// <summary>False for what is no duration, is too long, or could be meant in two ways.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        text = text.Trim();
        return TryClock(text, out duration) || TryUnit(text, out duration);
    }

    private static bool TryClock(string text, out TimeSpan duration)
    {
        duration = default;
        var parts = Clock().Match(text);
        if (!parts.Success) return false;
        var hasDays = parts.Groups["days"].Success;
        var (days, hours, minutes) = (Number(parts, "days"), Number(parts, "hours"), Number(parts, "minutes"));
        var seconds = Number(parts, "seconds");
        if (minutes >= 60 || seconds >= 60 || (hasDays && hours >= 24)) return false;
        return TryTicks(((((days * 24) + hours) * 60) + minutes) * 60 + seconds, parts.Groups["minus"].Success, out duration);
    }

    private static bool TryUnit(string text, out TimeSpan duration)
    {
        duration = default;
        var parts = WithUnit().Match(text);
        return parts.Success
            && Units.TryGetValue(parts.Groups["unit"].Value, out var unit)
            && TryTicks(
                Number(parts, "number") * (decimal)unit.Ticks / TimeSpan.TicksPerSecond,
                parts.Groups["minus"].Success,
                out duration);
    }

    private static bool TryTicks(decimal seconds, bool isNegative, out TimeSpan duration)
    {
        duration = default;
        if (seconds > (decimal)TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerSecond) return false;
        var ticks = (long)decimal.Round(seconds * TimeSpan.TicksPerSecond);
        duration = new(isNegative ? -ticks : ticks);
        return true;
    }

    private static decimal Number(Match match, string group) =>
        match.Groups[group] is { Success: true, Value.Length: > 0 } part
            ? decimal.Parse(part.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
            : 0;

    // The last part may be empty after days: earlier editions of CONFIGURATION.md printed whole days as "7.00:00:".
    [GeneratedRegex(
        @"^(?<minus>-)?(?:(?<days>[0-9]{1,8})\.(?<hours>[0-9]{2}):(?<minutes>[0-9]{2}):(?<seconds>[0-9]{2}(?:\.[0-9]{1,7})?|(?<=\.00:00:))"
        + @"|(?<hours>[0-9]{1,8}):(?<minutes>[0-9]{2}):(?<seconds>[0-9]{2}(?:\.[0-9]{1,7})?))$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex(
        @"^(?<minus>-)?(?<number>[0-9]{1,12}(?:\.[0-9]{1,7})?) ?(?<unit>[A-Za-z]{1,7})$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex WithUnit();
}
