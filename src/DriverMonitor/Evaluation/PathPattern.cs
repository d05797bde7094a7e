using System.Text;
using System.Text.RegularExpressions;
using DriverMonitor.Files;

namespace DriverMonitor.Evaluation;

/// <summary>
/// Finds the files that a path with <c>*</c> and <c>{name}</c> stands for; either fits any letters within one piece of a path.
/// </summary>
internal static class PathPattern
{
    private static readonly EnumerationOptions Quietly = new() { IgnoreInaccessible = true, AttributesToSkip = 0 };

    /// <exception cref="InputException">The pattern leads out of the folder, or makes no sense.</exception>
    public static IReadOnlyList<PathMatch> Find(string folder, string pattern)
    {
        if (Path.IsPathRooted(pattern) || pattern.Split('/').Contains(".."))
            throw new InputException($"'{ShownText.Excerpt(pattern)}' leads out of {folder}. Name a path below it.");
        IReadOnlyList<PathMatch> found = [new(Path.GetFullPath(folder), new Dictionary<string, string>())];
        var pieces = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < pieces.Length; i++)
        {
            found = [.. found.SelectMany(match => Step(match, pieces[i], isLast: i == pieces.Length - 1))];
            if (found.Count > EvaluationSet.MostItems)
                throw new InputException($"'{ShownText.Excerpt(pattern)}' fits more than {EvaluationSet.MostItems} files.");
        }

        return [.. found.OrderBy(match => match.Path, StringComparer.Ordinal)];
    }

    private static IEnumerable<PathMatch> Step(PathMatch match, string piece, bool isLast)
    {
        if (!piece.Contains('*', StringComparison.Ordinal) && !piece.Contains('{', StringComparison.Ordinal))
        {
            var path = Path.Combine(match.Path, piece);
            return isLast ? (File.Exists(path) ? [match with { Path = path }] : []) : Directory.Exists(path)
                ? [match with { Path = path }] : [];
        }

        var fits = Expression(piece);
        var entries = isLast
            ? Directory.EnumerateFiles(match.Path, "*", Quietly)
            : Directory.EnumerateDirectories(match.Path, "*", Quietly);
        return entries.Select(path => (path, fits.Match(Path.GetFileName(path)))).Where(pair => pair.Item2.Success)
            .Select(pair => new PathMatch(pair.path, With(match.Values, fits, pair.Item2)));
    }

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> values, Regex fits, Match match)
    {
        var all = new Dictionary<string, string>(values);
        foreach (var name in fits.GetGroupNames().Where(name => !char.IsAsciiDigit(name[0]))) all[name] =
            match.Groups[name].Value;
        return all;
    }

    private static Regex Expression(string piece)
    {
        var text = new StringBuilder("^");
        for (var i = 0; i < piece.Length; i++)
        {
            var close = piece[i] == '{' ? piece.IndexOf('}', i) : -1;
            if (close > i + 1 && piece[(i + 1)..close].All(char.IsAsciiLetter))
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"(?<{piece[(i + 1)..close]}>.+?)");
                i = close;
            }
            else
            {
                text.Append(piece[i] == '*' ? ".*?" : Regex.Escape(piece[i].ToString()));
            }
        }

        return new(text.Append('$').ToString(),
            RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);
    }
}

/// <summary>A file that fits, and what the names in the pattern stood for.</summary>
internal sealed record PathMatch(string Path, IReadOnlyDictionary<string, string> Values);
