using System.CommandLine;
using System.Globalization;

namespace DriverMonitor.Cli;

/// <summary>Options that take a whole number of a range.</summary>
internal static class NumberOption
{
    /// <summary>Seconds that a watch may last: a day. Timers of the platform end at 49.</summary>
    public const int LongestWatch = 24 * 60 * 60;

    /// <summary>Refuses what lies outside. What is no number at all is the parser's to refuse.</summary>
    public static void Limit(Option option, int least, int most) => option.Validators.Add(given =>
    {
        if (given.Tokens is not [{ Value: var text }]) return;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) return;
        if (value < least || value > most)
            given.AddError($"{option.Name} must be {least} to {most}.");
    });
}
