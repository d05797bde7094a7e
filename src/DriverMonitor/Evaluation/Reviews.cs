using System.Globalization;
using System.Text.Json;
using DriverMonitor.Evaluation.Labels;
using DriverMonitor.Files;

namespace DriverMonitor.Evaluation;

/// <summary>
/// An operator's reviews of alerts: lines of JSON, a list of them, a page of the fleet's alerts, or a table with a header.
/// <c>verdict</c> or <c>review</c> (true, false, unclear), and where known <c>id</c>, <c>rule</c>, <c>score</c>, <c>vehicle</c>,
/// <c>disputed</c>.
/// </summary>
internal static class Reviews
{
    private const int MostReviews = 1_000_000;

    private static readonly string[] VerdictNames = ["verdict", "review"];
    private static readonly string[] IdNames = ["id", "alert_id", "episode"];
    private static readonly string[] RuleNames = ["rule", "alert"];
    private static readonly string[] SubjectNames = ["subject", "driver", "vehicle", "device"];
    private static readonly string[] ScoreNames = ["score", "p", "probability"];

    /// <exception cref="InputException">It cannot be read, or holds no verdict.</exception>
    public static ReviewSet Read(string path)
    {
        var text = InputFile.ReadText("Reviews", path, largest: 64L << 20).ReplaceLineEndings("\n");
        try
        {
            return Collect(path, text.AsSpan().TrimStart() is ['{' or '[', ..] ? ReviewJson.Parse(text) : Table(text));
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new InputException($"Reviews {path}: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}. See docs/evaluation.md.", e);
        }
    }

    /// <summary>An alert counts once, by its last verdict; what the driver disputed stays disputed.</summary>
    private static ReviewSet Collect(string path, IEnumerable<(int Line, Dictionary<string, string> Fields)> rows)
    {
        var (given, places, count, again) = (new List<Review?>(), new Dictionary<(string, string), int>(), 0, 0);
        foreach (var (line, fields) in rows)
        {
            if (++count > MostReviews) throw new InputException($"Reviews {path} are more than {MostReviews}. Split the file.");
            var review = Make(fields, path, line);
            if (First(fields, IdNames) is { } id && !places.TryAdd((First(fields, SubjectNames) ?? "", id), given.Count))
            {
                again++;
                var place = places[(First(fields, SubjectNames) ?? "", id)];
                var wasDisputed = given[place] is { IsDisputed: true };
                given[place] = review is null ? null : review with { IsDisputed = review.IsDisputed || wasDisputed };
            }
            else
            {
                given.Add(review);
            }
        }

        List<Review> reviews = [.. given.OfType<Review>()];
        return reviews.Count > 0
            ? new(reviews, again, given.Count - reviews.Count)
            : throw new InputException($"Reviews {path} hold no verdict (true, false, unclear). Review some alerts first.");
    }

    /// <summary>Null for an alert that nobody judged yet.</summary>
    private static Review? Make(Dictionary<string, string> fields, string path, int line)
    {
        if (!VerdictNames.Any(fields.ContainsKey))
            throw new InputException($"Reviews {path}, line {line}: there is no 'verdict'. See docs/evaluation.md.");
        var verdict = First(fields, VerdictNames) ?? "";
        bool? isRight;
        switch (verdict.Trim().ToLowerInvariant())
        {
            case "true" or "right" or "correct" or "true_alarm" or "true_positive": isRight = true; break;
            case "false" or "wrong" or "false_alarm" or "false_positive": isRight = false; break;
            case "unclear" or "unknown": isRight = null; break;
            case "" or "seen" or "none" or "null": return null;
            default:
                throw new InputException(
                    $"Reviews {path}, line {line}: '{ShownText.Excerpt(verdict)}' is no verdict (true, false, unclear).");
        }

        var disputed = fields.GetValueOrDefault("disputed")?.Trim().ToLowerInvariant() is "true" or "1" or "yes"
            || !string.IsNullOrWhiteSpace(fields.GetValueOrDefault("disputedAt"));
        return new(
            First(fields, RuleNames) ?? "any", First(fields, SubjectNames) ?? "unknown", Score(First(fields, ScoreNames)), isRight, disputed);
    }

    private static double? Score(string? text) =>
        double.TryParse(text?.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var score)
            && score is >= 0 and <= 1 ? score : null;

    private static string? First(Dictionary<string, string> fields, string[] names) =>
        names.Select(name => fields.GetValueOrDefault(name)).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));

    private static IEnumerable<(int Line, Dictionary<string, string> Fields)> Table(string text)
    {
        var lines = text.Split('\n').Select((line, i) => (Text: line, Number: i + 1))
            .Where(line => line.Text.Trim().Length > 0).ToList();
        if (lines.Count == 0) yield break;
        var separator = TableCells.SeparatorOf(lines[0].Text);
        var names = TableCells.Of(lines[0].Text, separator);
        foreach (var (line, number) in lines.Skip(1))
        {
            var cells = TableCells.Of(line, separator);
            if (cells.Length != names.Length)
                throw new FormatException($"line {number} has {cells.Length} columns where the first has {names.Length}");
            var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < names.Length; i++) fields[names[i]] = cells[i];
            yield return (number, fields);
        }
    }
}

/// <summary>What an operator said of one alert.</summary>
/// <param name="Score">Of the state behind the alert when it was raised, 0..1.</param>
/// <param name="IsRight">Null where it is unclear.</param>
/// <param name="IsDisputed">The driver said that it was wrong, whatever the operator says.</param>
internal sealed record Review(string Rule, string Subject, double? Score, bool? IsRight, bool IsDisputed);

/// <summary>Reviews of a file.</summary>
/// <param name="Given">One for each alert that somebody judged.</param>
/// <param name="Again">Verdicts that a later one on the same alert replaced.</param>
/// <param name="Open">Alerts that nobody has judged yet.</param>
internal sealed record ReviewSet(IReadOnlyList<Review> Given, int Again, int Open);
