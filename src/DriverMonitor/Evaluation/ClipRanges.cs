using System.Text.Json;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Evaluation.Labels;
using DriverMonitor.Files;

namespace DriverMonitor.Evaluation;

/// <summary>
/// Reads <c>ground_truth.json</c>: clips by path, each with lists of [first, last] pictures under the name of what they show,
/// and a
/// 0 under a name for what never occurs.
/// </summary>
internal static class ClipRanges
{
    public const string Name = "ground_truth.json";

    /// <exception cref="InputException">It cannot be read.</exception>
    public static EvaluationSet Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(InputFile.ReadText("Set", path, largest: 16L << 20), new() { MaxDepth = 16 });
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            var items = json.RootElement.GetProperty("clips").EnumerateObject().Select(clip => Item(folder, clip)).ToList();
            return new(Path.GetFileName(folder), items);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InputException($"Set {path}: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}. See docs/evaluation.md.", e);
        }
    }

    private static EvaluationItem Item(string folder, JsonProperty clip)
    {
        var path = Path.GetFullPath(Path.Combine(folder, clip.Name));
        if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new FormatException($"'{ShownText.Excerpt(clip.Name)}' leads out of the folder");
        InputFile.Require("Clip", path);
        var labels = new List<RawLabel>();
        var covers = new HashSet<LabelClass>();
        foreach (var entry in clip.Value.EnumerateObject())
        {
            if (LabelNames.Parse(entry.Name) is not { } known) continue;
            if (entry.Value.ValueKind == JsonValueKind.Array)
                labels.AddRange(entry.Value.EnumerateArray().Select(range =>
                    new RawLabel(entry.Name, range[0].GetInt32(), range[1].GetInt32(), IsInPictures: true)));
            else if (entry.Value.ValueKind != JsonValueKind.Number || entry.Value.GetDouble() != 0)
                continue;
            if (known != LabelClass.Ignored) covers.Add(known);
        }

        return new()
        {
            Name = clip.Name,
            Path = path,
            Kind = InputKind.Video,
            Subject = Path.GetDirectoryName(clip.Name) is { Length: > 0 } subject ? subject : "unknown",
            Spelt = labels,
            Covers = covers,
        };
    }
}
