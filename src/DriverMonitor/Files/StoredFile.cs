namespace DriverMonitor.Files;

/// <summary>
/// Reads a file that this program keeps. In its place may lie what somebody put there: a pipe would block whoever opens it, and a
/// device may never end. Both are errors like a disk's.
/// </summary>
internal static class StoredFile
{
    /// <summary>Nothing that is kept whole in one file comes near it.</summary>
    private const int Largest = 64 << 20;

    /// <summary>What lies there in place of a file, as a clause; null for a file, a folder, or nothing.</summary>
    public static string? Fault(string path) =>
        FileStatus.Of(path, out _) is { Kind: not (FileKind.File or FileKind.Folder) } ? InputFile.Fault(path) : null;

    /// <exception cref="IOException">It is missing, no file, too large, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It belongs to somebody else, or is a folder.</exception>
    public static byte[] ReadBytes(string path)
    {
        if (Fault(path) is { } fault)
            throw new IOException($"{path} {fault}.");
        using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        // A file of /proc has no length, and may never end.
        if (file.Length > Largest) throw new IOException($"{path} is larger than {Largest >> 20} MiB.");
        var bytes = new byte[file.Length];
        var got = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return got == bytes.Length ? bytes : bytes[..got];
    }

    /// <inheritdoc cref="ReadBytes"/>
    public static string[] ReadLines(string path) => ReadText(path).TrimEnd().Split('\n', StringSplitOptions.TrimEntries);

    /// <inheritdoc cref="ReadBytes"/>
    public static string ReadText(string path)
    {
        using var text = new StreamReader(new MemoryStream(ReadBytes(path)));
        return text.ReadToEnd();
    }
}
