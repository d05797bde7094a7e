namespace DriverMonitor.Tests.Architecture;

/// <summary>
/// From the ground up: code of a floor uses lower floors only, and folders of one floor do not know each other.
/// </summary>
internal sealed class Floors(params string[][] floors)
{
    /// <summary>Uses that do not lead down, each with the types that meet.</summary>
    public IEnumerable<string> Climbs(IEnumerable<FolderUse> uses) =>
        uses.Where(use => Of(use.To) >= Of(use.From)).Select(use => $"{use.From} -> {use.To}: {use.Example}");

    /// <summary>Folders that nobody has given a floor, and floors of folders that are gone.</summary>
    public IEnumerable<string> Unmatched(IReadOnlySet<string> folders) =>
        folders.Except(floors.SelectMany(floor => floor)).Select(folder => $"{folder} has no floor")
            .Concat(floors.SelectMany(floor => floor).Except(folders).Select(folder => $"{folder} does not exist"));

    /// <summary>Folders from which a way along the uses leads back to them.</summary>
    public static IEnumerable<string> Rings(IReadOnlyCollection<FolderUse> uses)
    {
        var next = uses.ToLookup(use => use.From, use => use.To);
        return next.Select(folder => folder.Key).Where(folder => Reaches(folder, folder, next)).Order();
    }

    private static bool Reaches(string from, string to, ILookup<string, string> next)
    {
        HashSet<string> seen = [];
        Stack<string> open = new([from]);
        while (open.TryPop(out var folder))
            foreach (var one in next[folder].Where(seen.Add))
                open.Push(one);
        return seen.Contains(to);
    }

    private int? Of(string folder) =>
        Array.FindIndex(floors, floor => floor.Contains(folder)) is >= 0 and var floor ? floor : null;
}
