namespace DriverMonitor.Files;

/// <summary>A path with the name under which the user knows it.</summary>
internal readonly record struct NamedPath(string Name, string Path);

/// <summary>
/// No output may be an input, another output or a settings file, under whatever names and links: asked before anything is opened.
/// </summary>
internal static class OutputGuard
{
    /// <summary>What may be written twice without harm.</summary>
    private const string Nowhere = "/dev/null";

    /// <param name="inputs">What is read, files and folders.</param>
    /// <param name="outputs">What is to be written.</param>
    /// <exception cref="UsageException">Two of them are one.</exception>
    public static void Check(IReadOnlyList<NamedPath> inputs, IReadOnlyList<NamedPath> outputs)
    {
        var taken = new Dictionary<string, NamedPath>(StringComparer.Ordinal);
        foreach (var input in inputs) taken.TryAdd(KeyOf(input.Path), input);

        foreach (var output in outputs)
        {
            if (output.Path == Nowhere) continue;
            if (!taken.TryAdd(KeyOf(output.Path), output))
                throw new UsageException(
                    $"{output.Name} {output.Path} is also {taken[KeyOf(output.Path)].Name}, which would be overwritten. Name another file."
                );
        }
    }

    /// <summary>
    /// A new file in a folder that is read, of a kind that is read there, would be taken for a part of it the next time.
    /// </summary>
    /// <exception cref="UsageException">One of the outputs is such a file.</exception>
    public static void CheckFolder(string folder, Func<string, bool> isRead, IReadOnlyList<NamedPath> outputs)
    {
        if (FileStatus.Of(folder, out _) is not { Kind: FileKind.Folder } input) return;
        foreach (var output in outputs)
        {
            var target = TargetOf(output.Path);
            if (!isRead(target) || FileStatus.Of(Path.GetDirectoryName(target) ?? "/", out _) is not { } place) continue;
            if ((place.Device, place.Inode) != (input.Device, input.Inode)) continue;
            throw new UsageException(
                $"{output.Name} {output.Path} would become a part of {folder}, which is read. Name a file in another folder.");
        }
    }

    /// <summary>The file itself; of one that does not exist yet, its folder and its name.</summary>
    private static string KeyOf(string path)
    {
        if (FileStatus.Of(path, out _) is { } there) return $"{there.Device}:{there.Inode}";
        var target = TargetOf(path);
        var folder = FileStatus.Of(Path.GetDirectoryName(target) ?? "/", out _);
        return folder is { } at ? $"{at.Device}:{at.Inode}/{Path.GetFileName(target)}" : target;
    }

    private static string TargetOf(string path)
    {
        try
        {
            return Path.GetFullPath(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
        }
        catch (IOException)
        {
            return Path.GetFullPath(path); // a circle of links; to open it will fail
        }
    }
}
