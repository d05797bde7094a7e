using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DriverMonitor.Files;

/// <summary>Foreign text made fit for a terminal or a log: control characters are shown, not sent, and it stays short.</summary>
internal static partial class ShownText
{
    /// <summary>Of what a file or a message says.</summary>
    public const int LongestExcerpt = 120;

    /// <summary>Of a whole line of ours, which may hold a path and two excerpts.</summary>
    public const int LongestLine = 1000;

    /// <summary>A piece of foreign text within a line of ours.</summary>
    public static string Excerpt(string text) => Shown(text, LongestExcerpt);

    /// <summary>A whole line of ours, whatever went into it.</summary>
    public static string Line(string text) =>
        Shown(LongWord().Replace(text.ReplaceLineEndings(" ").Trim(), "$1...$2"), LongestLine);

    /// <summary>A name may have thousands of letters; its beginning and its end tell which one it is.</summary>
    [GeneratedRegex(@"(\S{100})\S{50,}(\S{50})", RegexOptions.CultureInvariant)]
    private static partial Regex LongWord();

    private static string Shown(string text, int longest)
    {
        var shown = new StringBuilder(Math.Min(text.Length, longest) + 8);
        foreach (var letter in text)
        {
            if (shown.Length >= longest) return shown.Append("...").ToString();
            Append(shown, letter);
        }

        return shown.ToString();
    }

    private static void Append(StringBuilder shown, char letter)
    {
        if (letter < 0x100 && char.IsControl(letter)) shown.Append(CultureInfo.InvariantCulture, $"\\x{(int)letter:x2}");
        else if (IsInvisible(letter)) shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
        else shown.Append(letter);
    }

    /// <summary>Marks that turn the direction of writing, separate lines or are half a letter.</summary>
    private static bool IsInvisible(char letter) =>
        CharUnicodeInfo.GetUnicodeCategory(letter)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
