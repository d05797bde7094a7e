namespace DriverMonitor.Evaluation.Labels;

/// <summary>One digit a picture, as NTHU-DDD: neighbours of one digit are one label, 0 is none.</summary>
internal static class FlagLabels
{
    public static bool IsFlags(string text) =>
        text.All(letter => char.IsAsciiDigit(letter) || char.IsWhiteSpace(letter) || letter == ',') && !HasNumbers(text);

    public static IEnumerable<RawLabel> ParseDigits(string text) =>
        Runs(text.Where(char.IsAsciiDigit).Select(digit => digit == '0' ? null : digit.ToString()));

    /// <summary>Joins neighbouring pictures that say the same; null says nothing.</summary>
    public static IEnumerable<RawLabel> Runs(IEnumerable<string?> words)
    {
        var (number, from, last) = (0, 0, (string?)null);
        foreach (var word in words.Append(null))
        {
            if (word != last)
            {
                if (last is not null) yield return new(last, from, number - 1, IsInPictures: true);
                (from, last) = (number, word);
            }

            number++;
        }
    }

    /// <summary>Numbers of several digits between blanks are a table.</summary>
    private static bool HasNumbers(string text)
    {
        var words = text.Split([' ', '\n', '\t', ','], StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && words.Any(word => word.Length > 1) && words[0].Length < 20;
    }
}
