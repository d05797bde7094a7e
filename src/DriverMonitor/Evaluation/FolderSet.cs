using DriverMonitor.Camera;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Evaluation.Labels;
using DriverMonitor.Files;
using DriverMonitor.Recording;

namespace DriverMonitor.Evaluation;

/// <summary>
/// Finds a set in a folder: its description, clips with ranges, folders of stills or videos named for what they show, and videos
/// with a file of labels of the same name beside them.
/// </summary>
internal static class FolderSet
{
    private const int Deepest = 4;

    private static readonly string[] Videos = [".mp4", ".avi", ".mov", ".mkv", ".webm", ".m4v", ".mpg"];
    private static readonly string[] LabelEndings = [".csv", ".txt", ".xml", ".eaf", ".tsv", ".json"];
    private static readonly IReadOnlyDictionary<string, string> NoNames = new Dictionary<string, string>();

    /// <exception cref="InputException">Nothing labelled is there.</exception>
    public static EvaluationSet Read(string folder)
    {
        var (items, notes) = (new List<EvaluationItem>(), new List<string>());
        Add(Path.GetFullPath(folder), Path.GetFullPath(folder), 0, items, notes);
        if (items.Count == 0)
            throw new InputException($"{folder} holds nothing labelled: no {SetFile.Name}, no folder named for what it shows, no video with labels beside it. See docs/evaluation.md.");
        return new(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), items) { Notes = notes };
    }

    private static void Add(string root, string folder, int depth, List<EvaluationItem> items, List<string> notes)
    {
        if (File.Exists(Path.Combine(folder, SetFile.Name)))
        {
            items.AddRange(SetFile.Read(Path.Combine(folder, SetFile.Name), data: null).Items);
            return;
        }

        if (File.Exists(Path.Combine(folder, ClipRanges.Name)))
        {
            items.AddRange(ClipRanges.Read(Path.Combine(folder, ClipRanges.Name)).Items);
            return;
        }

        string[] files, folders;
        try
        {
            files = [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)];
            folders = [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Folder {folder} cannot be read: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}.", e);
        }

        var (unlabelled, beside) = (0, files.ToHashSet(StringComparer.Ordinal));
        foreach (var file in files)
        {
            if (ItemOf(root, folder, file, beside) is { } item) items.Add(item);
            else if (IsInput(file)) unlabelled++;
            if (items.Count > EvaluationSet.MostItems)
                throw new InputException($"{root} holds more than {EvaluationSet.MostItems} labelled inputs. Name a folder below it.");
        }

        if (unlabelled > 0) notes.Add($"{Path.GetRelativePath(root, folder)}: {unlabelled} without a label");
        if (depth == Deepest) return;
        foreach (var next in folders) Add(root, next, depth + 1, items, notes);
    }

    private static bool IsInput(string file) => FolderCamera.IsPicture(file) || IsVideo(file);

    private static bool IsVideo(string file) =>
        Videos.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)
            || file.EndsWith(RecordingFormat.Extension, StringComparison.Ordinal);

    private static EvaluationItem? ItemOf(string root, string folder, string file, HashSet<string> beside)
    {
        if (!IsInput(file)) return null;
        var word = Path.GetFileName(folder);
        var item = new EvaluationItem
        {
            Name = Path.GetRelativePath(root, file),
            Path = file,
            Kind = SetFile.KindOf(file),
            Subject = Path.GetFileNameWithoutExtension(file),
        };
        if (FolderCamera.IsPicture(file))
            return LabelNames.ParsePicture(word) is { } shows ? item with { Shows = shows } : null;
        if (LabelEndings.Select(ending => Path.ChangeExtension(file, ending)).FirstOrDefault(beside.Contains) is { } labels)
            return item with { Labels = [new(labels, NoNames)] };
        return LabelNames.Parse(word) is { } state && !LabelNames.IsEvent(state) && state != LabelClass.Ignored
                ? item with { State = state }
            : LabelNames.ParsePicture(word) is { } held ? item with { Shows = held }
            : null;
    }
}
