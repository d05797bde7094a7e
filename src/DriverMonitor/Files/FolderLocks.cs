namespace DriverMonitor.Files;

/// <summary>
/// Folders that a running service has for itself: a second one would send the queue twice, and write over counters and consents.
/// The kernel holds each lock, and ends it with the process, however that ends. Commands that only look do not ask for it.
/// </summary>
internal sealed class FolderLocks(TimeProvider time) : IDisposable
{
    /// <summary>EWOULDBLOCK.</summary>
    private const int WouldBlock = 11;

    /// <summary>A service that was killed while it started another program is held open by that one for a moment.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<string, FileStream> _held = [];

    /// <summary>Takes a folder, which is made if need be. One that cannot be written has nothing that two could spoil.</summary>
    /// <exception cref="FolderInUseException">Another service has it.</exception>
    public void Take(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (_held.ContainsKey(full)) return;
        try
        {
            PrivateFile.CreateFolder(full);
            if (Open(Path.Combine(full, "run.lock")) is { } held) _held.Add(full, held);
        }
        catch (Exception e) when (e is IOException { HResult: not WouldBlock } or UnauthorizedAccessException)
        {
            // The driver is watched all the same; whoever writes there says what is wrong with the disk.
        }
    }

    public void Dispose()
    {
        foreach (var one in _held.Values) one.Dispose();
        _held.Clear();
    }

    /// <summary>Null where something else than a file lies.</summary>
    private FileStream? Open(string path)
    {
        var began = time.GetTimestamp();
        while (StoredFile.Fault(path) is null)
        {
            try
            {
                return PrivateFile.Open(
                    path, new()
                    {
                        Mode = FileMode.OpenOrCreate,
                        Access = FileAccess.ReadWrite,
                        Share = FileShare.None,
                    }
                );
            }
            catch (IOException e) when (e.HResult == WouldBlock)
            {
                if (time.GetElapsedTime(began) >= Patience) throw new FolderInUseException(Path.GetDirectoryName(path)!, e);
                Task.Delay(Pause, time).GetAwaiter().GetResult();
            }
        }

        return null;
    }
}
