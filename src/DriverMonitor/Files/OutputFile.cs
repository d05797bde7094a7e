namespace DriverMonitor.Files;

/// <summary>
/// A file that a command writes: beside its place until it is whole, then moved there. Whatever ends the run before that leaves
/// an older file as it was, or at most a file whose name says that it is partial. A device (/dev/stdout) is written as it is.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string _path;
    private readonly string? _partial;
    private readonly FileStream _file;
    private bool _isDone;

    private OutputFile(string path, string? partial)
    {
        (_path, _partial) = (path, partial);
        _file = PrivateFile.Create(partial ?? path, bufferSize: 1 << 16);
    }

    public Stream Content => _file;

    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be created.</exception>
    public static OutputFile Create(string path)
    {
        path = BehindLinks(path);
        var kind = FileStatus.Of(path, out _)?.Kind;
        if (kind == FileKind.Folder) throw new IOException("It is a folder.");
        // Without a reader a pipe would wait for ever; the shell's own pipes have one.
        if (
            kind == FileKind.Pipe
            && !path.StartsWith("/dev/", StringComparison.Ordinal)
            && !path.StartsWith("/proc/", StringComparison.Ordinal))
            throw new IOException("It is a pipe.");
        if (kind is not (null or FileKind.File)) return new(path, partial: null);
        // A file that may not be written must not be replaced either.
        if (kind == FileKind.File) new FileStream(path, FileMode.Open, FileAccess.Write).Dispose();
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder {folder}.");
        return new(path, Path.Combine(folder, $"{Path.GetFileName(path)}.{Environment.ProcessId}.partial"));
    }

    /// <summary>Puts the file in its place; call it when everything is in it.</summary>
    /// <exception cref="OutputException">The disk does not take it.</exception>
    public void Commit()
    {
        try
        {
            _file.Flush(flushToDisk: _partial is not null);
            _file.Dispose();
            if (_partial is not null) File.Move(_partial, _path, overwrite: true);
            _isDone = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(
                $"{_path} cannot be written: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Make room, or name another file.",
                e);
        }
    }

    public void Dispose()
    {
        if (_isDone) return;
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // What it could not take goes away with it.
        }

        if (_partial is not null) File.Delete(_partial);
    }

    private static string BehindLinks(string path)
    {
        // The shell's names for open files lead to pipes and deleted files, which have no name of their own.
        if (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal))
            return path;
        var file = new FileInfo(path);
        return (file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) ?? file).FullName;
    }
}
