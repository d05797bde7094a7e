using System.Text.Json;
using System.Text.Json.Serialization;
using DriverMonitor.Camera;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Evaluation.Labels;
using DriverMonitor.Files;
using DriverMonitor.Recording;

namespace DriverMonitor.Evaluation;

/// <summary>
/// Reads a set's description, <c>evaluation.json</c>: what is where, who is seen, what the words mean. Paths are relative to the
/// data's folder; those with <c>*</c> or <c>{name}</c> stand for every file that fits.
/// </summary>
internal static class SetFile
{
    public const string Name = "evaluation.json";

    private const long LargestFile = 16L << 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 16,
    };

    /// <exception cref="InputException">It cannot be read, or what it names is not there.</exception>
    public static EvaluationSet Read(string path, string? data)
    {
        var text = InputFile.ReadText("Set", path, largest: LargestFile);
        Description? read;
        try
        {
            read = JsonSerializer.Deserialize<Description>(text, Json);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new InputException($"Set {path}: {JsonFault.Words(e)}. See docs/evaluation.md.", e);
        }

        if (read?.Items is not { Count: > 0 } entries)
            throw new InputException($"Set {path} names no \"items\". See docs/evaluation.md.");
        var folder = data ?? Path.GetDirectoryName(Path.GetFullPath(path))!;
        var items = new List<EvaluationItem>();
        foreach (var entry in entries)
        {
            foreach (var item in Items(path, folder, read, entry))
            {
                items.Add(item);
                if (items.Count > EvaluationSet.MostItems)
                    throw new InputException($"Set {path} stands for more than {EvaluationSet.MostItems} inputs. Narrow its patterns.");
            }
        }

        return new(read.Name ?? Path.GetFileName(folder), items) { Licence = read.Licence };
    }

    private static IEnumerable<EvaluationItem> Items(string set, string folder, Description description, Entry entry)
    {
        if ((entry.Input ?? entry.Heart) is not { Length: > 0 } pattern)
            throw new InputException($"Set {set}: an item names neither \"input\" nor \"heart\".");
        var matches = PathPattern.Find(folder, pattern);
        if (matches.Count == 0)
            throw new InputException($"Set {set}: nothing in {folder} fits '{ShownText.Excerpt(pattern)}'. Name the data's folder with --data.");
        foreach (var match in matches)
        {
            var values = match.Values.ToDictionary(pair => pair.Key, pair => Mapped(entry, pair.Key, pair.Value));
            yield return Item(set, folder, description, entry, match.Path, values);
        }
    }

    private static EvaluationItem Item(
        string set, string folder, Description description, Entry entry, string path, Dictionary<string, string> values)
    {
        var names = new Dictionary<string, string>(description.Names ?? [], StringComparer.OrdinalIgnoreCase);
        foreach (var (word, meaning) in entry.Names ?? []) names[word] = meaning;
        var shows = Put(entry.Shows, values);
        var state = Put(entry.State, values);
        return new()
        {
            Name = Path.GetRelativePath(folder, path),
            Path = path,
            Kind = entry.Input is null ? InputKind.Heart : KindOf(path),
            Subject = Put(entry.Subject, values) ?? "unknown",
            Groups = (entry.Groups ?? []).ToDictionary(pair => pair.Key, pair => Put(pair.Value, values)!),
            Conditions = [.. (entry.Conditions ?? []).Select(one => Put(one, values)!)],
            Labels = [.. (entry.Labels ?? []).Select(label => Source(set, folder, label, values, names))],
            Covers = (entry.Covers ?? []).Select(word => Class(set, word)).ToHashSet(),
            State = state is null || LabelNames.IsIdle(state) ? null : Class(set, state),
            Shows = shows is null ? null
                : LabelNames.ParsePicture(shows)
                    ?? throw new InputException($"Set {set}: nobody knows what a picture of '{ShownText.Excerpt(shows)}' shows."),
            SpeedKmh = entry.SpeedKmh is null or (>= 0 and < 500)
                ? entry.SpeedKmh
                : throw new InputException($"Set {set}: a speed of {entry.SpeedKmh} km/h is none."),
            Heart = entry.Input is null || entry.Heart is null ? null : Existing(set, folder, Put(entry.Heart, values)!),
            Reference = entry.Reference,
        };
    }

    private static LabelSource Source(
        string set, string folder, LabelEntry label, Dictionary<string, string> values, Dictionary<string, string> names)
    {
        var own = new Dictionary<string, string>(names, StringComparer.OrdinalIgnoreCase);
        foreach (var (word, meaning) in label.Names ?? []) own[word] = meaning;
        var file = Put(label.File, values) ?? throw new InputException($"Set {set}: a label names no \"file\".");
        return new(Existing(set, folder, file), own, label.Tier);
    }

    private static string Existing(string set, string folder, string path)
    {
        var full = Path.GetFullPath(Path.Combine(folder, path));
        InputFile.Require($"Set {set}: file", full);
        return full;
    }

    private static LabelClass Class(string set, string word) =>
        LabelNames.Parse(word) ?? throw new InputException($"Set {set}: '{ShownText.Excerpt(word)}' is no class of labels.");

    private static string Mapped(Entry entry, string name, string value) =>
        entry.Map?.GetValueOrDefault(name)?.GetValueOrDefault(value) ?? value;

    private static string? Put(string? text, Dictionary<string, string> values) =>
        text is null ? null : values.Aggregate(text, (put, pair) => put.Replace($"{{{pair.Key}}}", pair.Value, StringComparison.Ordinal));

    public static InputKind KindOf(string path) =>
        FolderCamera.IsPicture(path) ? InputKind.Still
        : path.EndsWith(RecordingFormat.Extension, StringComparison.Ordinal) ? InputKind.Recording
        : InputKind.Video;

    private sealed record Description(
        string? Name, string? Licence, Dictionary<string, string>? Names, List<Entry>? Items, string? Comment = null);

    private sealed record Entry
    {
        public string? Input { get; init; }
        public string? Heart { get; init; }
        public string? Subject { get; init; }
        public Dictionary<string, string>? Groups { get; init; }
        public List<string>? Conditions { get; init; }
        public List<LabelEntry>? Labels { get; init; }
        public List<string>? Covers { get; init; }
        public string? State { get; init; }
        public string? Shows { get; init; }
        public double? SpeedKmh { get; init; }
        public HeartReference? Reference { get; init; }
        public Dictionary<string, string>? Names { get; init; }

        /// <summary>What a piece of the path means, by its name in the pattern.</summary>
        public Dictionary<string, Dictionary<string, string>>? Map { get; init; }
    }

    private sealed record LabelEntry(string? File, Dictionary<string, string>? Names, string? Tier);
}
