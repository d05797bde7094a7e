using System.Text.Json;

namespace DriverMonitor.Evaluation;

/// <summary>Takes reviews out of JSON: an object a line, a list, or a page of the fleet's alerts (<c>items</c>).</summary>
internal static class ReviewJson
{
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 16 };

    /// <summary>The fields of each review and where it stands: its line, or its place in a list from 1.</summary>
    /// <exception cref="JsonException">It is no JSON, or nested too deeply.</exception>
    /// <exception cref="FormatException">A review is no object.</exception>
    public static IEnumerable<(int Line, Dictionary<string, string> Fields)> Parse(string text)
    {
        var lines = text.Split('\n');
        if (text.AsSpan().TrimStart()[0] == '{' && IsWhole(lines.First(line => line.Trim().Length > 0)) && !HasOneLine(lines))
        {
            for (var i = 0; i < lines.Length; i++)
            {
                if (lines[i].Trim().Length == 0) continue;
                using var one = JsonDocument.Parse(lines[i], Shallow);
                yield return (i + 1, Fields(one.RootElement));
            }

            yield break;
        }

        using var json = JsonDocument.Parse(text, Shallow);
        var root = json.RootElement;
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("items", out var items)) root = items;
        if (root.ValueKind != JsonValueKind.Array)
        {
            yield return (1, Fields(root));
            yield break;
        }

        var place = 0;
        foreach (var item in root.EnumerateArray()) yield return (++place, Fields(item));
    }

    private static bool HasOneLine(string[] lines) => lines.Count(line => line.Trim().Length > 0) == 1;

    private static bool IsWhole(string line)
    {
        try
        {
            JsonDocument.Parse(line, Shallow).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Dictionary<string, string> Fields(JsonElement review)
    {
        if (review.ValueKind != JsonValueKind.Object) throw new FormatException("a review is no JSON object");
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in review.EnumerateObject()) fields[field.Name] = field.Value.ToString();
        return fields;
    }
}
