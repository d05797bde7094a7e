using System.Globalization;
using DriverMonitor.Files;

namespace DriverMonitor.Outbox;

/// <summary>
/// The files of the outbox. The database lies in a folder of its own, so that a damaged one is set aside by one rename: a log
/// left beside a new database would be read into it.
/// </summary>
internal sealed class StoreFolder : IDisposable
{
    private readonly string _folder;
    private readonly FileStream _lock;

    private StoreFolder(string folder, FileStream held)
    {
        _folder = folder;
        _lock = held;
    }

    public string Database => DatabaseIn(_folder);

    /// <summary>Where it is mounted: free bytes that this user may take.</summary>
    public long FreeBytes => new DriveInfo(_folder).AvailableFreeSpace;

    private string Queue => Path.Combine(_folder, "queue");

    private string Damaged => Path.Combine(_folder, "queue.damaged");

    private string Reserve => Path.Combine(_folder, "reserve");

    public static string DatabaseIn(string folder) => Path.Combine(folder, "queue", "events.db");

    /// <summary>Takes the folder for this program alone. Throws <see cref="StoreException"/>.</summary>
    public static StoreFolder Take(string folder) =>
        StoreException.Guard(() =>
        {
            PrivateFile.CreateFolder(folder);
            var held = PrivateFile.Open(
                Path.Combine(folder, "lock"), new()
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.None,
                }
            );
            try
            {
                var taken = new StoreFolder(folder, held);
                PrivateFile.CreateFolder(taken.Queue);
                return taken;
            }
            catch
            {
                held.Dispose();
                throw;
            }
        });

    /// <summary>Counts this start.</summary>
    public int CountBoot() =>
        StoreException.Guard(() =>
        {
            var path = Path.Combine(_folder, "boot");
            var boot =
                1
                + (
                    File.Exists(path) && int.TryParse(StoredFile.ReadText(path), CultureInfo.InvariantCulture, out var last)
                        ? last
                        : 0);
            AtomicFile.Write(
                path, file => file.Write(System.Text.Encoding.ASCII.GetBytes(boot.ToString(CultureInfo.InvariantCulture))));
            return boot;
        });

    /// <summary>Moves a damaged database out of the way; only the last one is kept, for who wants to know why.</summary>
    public void SetAside() => StoreException.Guard(() =>
    {
        if (Directory.Exists(Damaged)) Directory.Delete(Damaged, recursive: true);
        if (Directory.Exists(Queue)) Directory.Move(Queue, Damaged);
        PrivateFile.CreateFolder(Queue);
        return true;
    });

    /// <summary>Holds room for alerts on a disk that others may fill. Blocks are set aside, not written.</summary>
    public void KeepReserve(long bytes)
    {
        if (File.Exists(Reserve) || FreeBytes < 4 * bytes) return;
        try
        {
            PrivateFile
                .Open(
                    Reserve, new()
                    {
                        Mode = FileMode.Create,
                        Access = FileAccess.Write,
                        PreallocationSize = bytes,
                    }
                )
                .Dispose();
        }
        catch (IOException)
        {
            // A file system that cannot set blocks aside, or has none left: then there is no reserve.
            GiveUpReserve();
        }
    }

    /// <summary>False if there was none.</summary>
    public bool GiveUpReserve()
    {
        if (!File.Exists(Reserve)) return false;
        File.Delete(Reserve);
        return true;
    }

    public void Dispose() => _lock.Dispose();
}
