using Microsoft.Data.Sqlite;

namespace DriverMonitor.Outbox;

/// <summary>The store on disk cannot be used; the message is one line.</summary>
/// <param name="isDamaged">It will never work again as it is; otherwise the disk may come back.</param>
internal sealed class StoreException(string message, bool isDamaged, bool isFull = false, Exception? inner = null)
    : Exception(message, inner)
{
    public bool IsDamaged => isDamaged;

    /// <summary>There is no room on the disk.</summary>
    public bool IsFull => isFull;

    /// <summary>Runs what touches the disk, and says what went wrong in these words.</summary>
    public static T Guard<T>(Func<T> touch)
    {
        try
        {
            return touch();
        }
        catch (SqliteException e)
        {
            throw new StoreException(
                e.Message.ReplaceLineEndings(" "), !MayComeBack(e.SqliteErrorCode), e.SqliteErrorCode == Full, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(e.Message.ReplaceLineEndings(" "), isDamaged: false, inner: e);
        }
    }

    private const int Full = 13;

    /// <summary>
    /// PERM, BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN, PROTOCOL, NOLFS, AUTH: the disk's or the system's trouble, not
    /// the file's.
    /// </summary>
    private static bool MayComeBack(int code) => code is 3 or 5 or 6 or 7 or 8 or 10 or Full or 14 or 15 or 22 or 23;
}
