using System.Globalization;
using System.Text.Json;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Files;

namespace DriverMonitor.Evaluation;

/// <summary>
/// An operator's reviews of alerts, as lines of JSON or a table with a header: <c>verdict</c> (true, false, unclear), and
/// where known
/// <c>rule</c>, <c>score</c>, <c>confidence</c>, <c>vehicle</c>, <c>disputed</c>.
/// </summary>
internal static class Reviews
{
    private const int MostReviews = 1_000_000;

    private static readonly string[] RuleNames = ["rule", "alert"];
    private static readonly string[] SubjectNames = ["subject", "driver", "vehicle", "device"];
    private static readonly string[] ScoreNames = ["score", "p", "probability"];

    /// <exception cref="InputException">It cannot be read, or holds no review.</exception>
    public static IReadOnlyList<Review> Read(string path)
    {
        var lines = InputFile.ReadText("Reviews", path, largest: 64L << 20).ReplaceLineEndings("\n").Split('\n')
            .Where(line => line.Trim().Length > 0).ToList();
        if (lines.Count is 0 or > MostReviews) throw new InputException($"Reviews {path} hold {lines.Count} lines: none, or too many.");
        try
        {
            return lines[0].TrimStart().StartsWith('{')
                ? [.. lines.Select((line, i) => Make(Fields(line), path, i + 1))]
                : [.. Table(lines).Select((fields, i) => Make(fields, path, i + 2))];
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new InputException($"Reviews {path}: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}. See docs/evaluation.md.", e);
        }
    }

    private static Review Make(Dictionary<string, string> fields, string path, int line)
    {
        var verdict = fields.GetValueOrDefault("verdict") ?? fields.GetValueOrDefault("review") ?? "";
        bool? isRight = verdict.Trim().ToLowerInvariant() switch
        {
            "true" or "right" or "correct" or "true_alarm" or "true_positive" => true,
            "false" or "wrong" or "false_alarm" or "false_positive" => false,
            "unclear" or "unknown" => null,
            _ => throw new InputException($"Reviews {path}, line {line}: '{ShownText.Excerpt(verdict)}' is no verdict (true, false, unclear)."),
        };
        var disputed = fields.GetValueOrDefault("disputed")?.Trim().ToLowerInvariant() is "true" or "1" or "yes";
        return new(First(fields, RuleNames) ?? "any", First(fields, SubjectNames) ?? "unknown", Score(First(fields, ScoreNames)), isRight, disputed);
    }

    private static double? Score(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var score)
            && score is >= 0 and <= 1 ? score : null;

    private static string? First(Dictionary<string, string> fields, string[] names) =>
        names.Select(name => fields.GetValueOrDefault(name)).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));

    private static Dictionary<string, string> Fields(string line)
    {
        using var json = JsonDocument.Parse(line, new() { MaxDepth = 16 });
        if (json.RootElement.ValueKind != JsonValueKind.Object) throw new FormatException("a line is no JSON object");
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in json.RootElement.EnumerateObject()) fields[field.Name] = field.Value.ToString();
        return fields;
    }

    private static IEnumerable<Dictionary<string, string>> Table(List<string> lines)
    {
        var separator = lines[0].Contains(';', StringComparison.Ordinal) ? ';' : ',';
        var names = lines[0].Split(separator, StringSplitOptions.TrimEntries);
        foreach (var line in lines.Skip(1))
        {
            var cells = line.Split(separator, StringSplitOptions.TrimEntries);
            if (cells.Length != names.Length) throw new FormatException($"a line has {cells.Length} columns where the first has {names.Length}");
            var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < names.Length; i++) fields[names[i]] = cells[i].Trim('"');
            yield return fields;
        }
    }
}

/// <summary>What an operator said of one alert.</summary>
/// <param name="Score">Of the state behind the alert when it was raised, 0..1.</param>
/// <param name="IsRight">Null where it is unclear.</param>
/// <param name="IsDisputed">The driver said that it was wrong, whatever the operator says.</param>
internal sealed record Review(string Rule, string Subject, double? Score, bool? IsRight, bool IsDisputed);
