namespace DriverMonitor.Files;

/// <summary>An output cannot be finished; the message is one line (exit code 73).</summary>
internal sealed class OutputException(string message, Exception? inner = null) : Exception(message, inner)
{
    private const int DiskFull = 28, OverQuota = 122; // ENOSPC, EDQUOT

    /// <summary>Whether there was no room: then no other name on that disk would help.</summary>
    public static bool IsDiskFull(Exception e) => e.HResult is DiskFull or OverQuota;
}
