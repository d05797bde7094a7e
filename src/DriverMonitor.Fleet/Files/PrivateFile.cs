using DriverMonitor.Files;

namespace DriverMonitor.Fleet.Files;

/// <summary>A file that nobody but its owner could ever read, not even for a moment; written whole or not at all.</summary>
internal static class PrivateFile
{
    /// <summary>In the place of what is there.</summary>
    public static void Write(string path, string text)
    {
        var full = Path.GetFullPath(path);
        CreateFolder(Path.GetDirectoryName(full)!);
        var next = full + ".new";
        File.Delete(next);
        using (var file = Create(next))
        using (var writer = new StreamWriter(file))
        {
            writer.Write(text);
            writer.Flush();
            file.Flush(flushToDisk: true);
        }

        File.Move(next, full, overwrite: true);
    }

    /// <summary>Takes a name that is still free, before work is done whose result must lie there.</summary>
    /// <exception cref="IOException">Something is there, or it cannot be written.</exception>
    public static void Reserve(string path) => Create(Path.GetFullPath(path)).Dispose();

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        // As root's alone, the list of revoked certificates could not be read, and no vehicle would be let in.
        FileOwner.FollowFolder(path);
        return file;
    }

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
