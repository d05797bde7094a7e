namespace DriverMonitor.Files;

/// <summary>A private file that is written whole or not at all: the power may go at any moment.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>; the old file then stands.
    /// </summary>
    public static void Write(string path, Action<Stream> content)
    {
        PrivateFile.CreateFolder(Path.GetDirectoryName(path)!);
        var next = path + ".new";
        // To open a pipe that somebody put there would wait for its reader.
        if (StoredFile.Fault(next) is not null) File.Delete(next);
        try
        {
            using (var file = PrivateFile.Create(next))
            {
                content(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(next, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A beginning would fill a full disk further.
            File.Delete(next);
            throw;
        }
    }

    /// <summary>Keeps a file that cannot be used, for who wants to know why, out of the way.</summary>
    public static void SetAside(string path) => File.Move(path, path + ".damaged", overwrite: true);

    /// <summary>Deletes a file and what may lie beside it.</summary>
    public static void Delete(string path)
    {
        foreach (var file in new[] { path, path + ".new", path + ".damaged" })
            if (File.Exists(file)) File.Delete(file);
    }
}
