using DriverMonitor.Configuration;
using DriverMonitor.Files;
using Microsoft.Data.Sqlite;

namespace DriverMonitor.Outbox;

/// <summary>
/// Tries the store for <c>drivermonitor check</c>, also while the service uses it: writes a file of its own, reads the queue.
/// </summary>
internal static class OutboxProbe
{
    public static CheckLine Check(OutboxSettings settings)
    {
        if (settings.Place() is not { } folder)
            return new(
                "store",
                Ok: true,
                "Outbox:Folder is empty: systemd's service keeps events in its state folder; run by hand, they wait in memory and end with the program"
            );
        try
        {
            AtomicFile.Write(Path.Combine(folder, "probe"), file => file.Write("drivermonitor check\n"u8));
            File.Delete(Path.Combine(folder, "probe"));
            var free = new DriveInfo(folder).AvailableFreeSpace >> 20;
            return Read(StoreFolder.DatabaseIn(folder)) is { } waiting
                ? Describe(folder, waiting, free)
                : new("store", Ok: true, $"{folder} can be written; no queue there yet, {free} MiB free");
        }
        catch (SqliteException e)
        {
            return new(
                "store",
                Ok: false,
                $"the queue in {folder} cannot be read: {e.Message.ReplaceLineEndings(" ")}; the service sets it aside when it starts"
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(
                "store",
                Ok: false,
                $"{folder} cannot be written: {e.Message.ReplaceLineEndings(" ")}; check Outbox:Folder, the disk, and the service's user"
            );
        }
    }

    private static CheckLine Describe(string folder, (string Pages, long Events) waiting, long free) =>
        waiting.Pages == "ok"
            ? new(
                "store",
                free >= 256,
                $"{folder} can be written; {waiting.Events} events wait, {free} MiB free"
                    + (free >= 256 ? "" : "; below 256 MiB only alerts are kept: make room"))
            : new(
                "store",
                Ok: false,
                $"the queue in {folder} is damaged ({waiting.Pages}); the service sets it aside when it starts");

    private static (string Pages, long Events)? Read(string database)
    {
        if (!File.Exists(database)) return null;
        using var store = StoreFile.OpenReader(database);
        return (
            (string)StoreFile.QueryScalar(store, "PRAGMA quick_check(1)")!,
            (long)StoreFile.QueryScalar(store, "SELECT count(*) FROM q WHERE state = 0")!);
    }
}
