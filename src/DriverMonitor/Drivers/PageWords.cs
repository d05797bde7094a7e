using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace DriverMonitor.Drivers;

/// <summary>
/// What the device can say: the table of the page in the cab, which is part of the program, for others who speak of the same
/// things.
/// </summary>
internal static partial class PageWords
{
    private const string Table = "page/words.js";

    private static readonly FrozenDictionary<string, (string English, string German)> Words = Load();

    /// <summary>The words for a key of the page's table; null for a key that is not in it.</summary>
    /// <param name="language">"en" or "de".</param>
    public static string? Find(string key, string language) =>
        !Words.TryGetValue(key, out var words) ? null : language == "de" ? words.German : words.English;

    /// <summary>
    /// The words for a key; a part of the device by its name alone; a key that is not in the table is shown as it is.
    /// </summary>
    public static string Of(string key, string language) =>
        Find(key, language) ?? Find($"part.{key}", language) ?? key.Replace('_', ' ');

    private static FrozenDictionary<string, (string English, string German)> Load()
    {
        using var table = new StreamReader(typeof(PageWords).Assembly.GetManifestResourceStream(Table)!);
        return Row()
            .Matches(table.ReadToEnd())
            .ToFrozenDictionary(
                row => row.Groups[1].Value,
                row => (Plain(row.Groups[2].Value), Plain(row.Groups[3].Value)),
                StringComparer.Ordinal);
    }

    private static string Plain(string literal) => literal.Replace("\\'", "'", StringComparison.Ordinal);

    [GeneratedRegex("""^  '([^']+)': \['((?:[^'\\]|\\.)*)', '((?:[^'\\]|\\.)*)'\],$""", RegexOptions.Multiline)]
    private static partial Regex Row();
}
