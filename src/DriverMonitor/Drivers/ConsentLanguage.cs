using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace DriverMonitor.Drivers;

/// <summary>
/// What the device can say, in German: the table of the page in the cab, which is part of the program, for others who speak of
/// the same things.
/// </summary>
internal static partial class ConsentLanguage
{
    private const string Table = "page/words.js";

    private static readonly FrozenDictionary<string, string> German = Load();

    /// <summary>
    /// The German for a key of the page's table; a part of the device by its name alone; a key that is not in it is shown as it
    /// is.
    /// </summary>
    public static string InGerman(string key) =>
        German.GetValueOrDefault(key) ?? German.GetValueOrDefault($"part.{key}") ?? key.Replace('_', ' ');

    private static FrozenDictionary<string, string> Load()
    {
        using var table = new StreamReader(typeof(ConsentLanguage).Assembly.GetManifestResourceStream(Table)!);
        return Row()
            .Matches(table.ReadToEnd())
            .ToFrozenDictionary(
                row => row.Groups[1].Value,
                row => row.Groups[2].Value.Replace("\\'", "'", StringComparison.Ordinal),
                StringComparer.Ordinal);
    }

    [GeneratedRegex("""^  '([^']+)': \['(?:[^'\\]|\\.)*', '((?:[^'\\]|\\.)*)'\],$""", RegexOptions.Multiline)]
    private static partial Regex Row();
}
