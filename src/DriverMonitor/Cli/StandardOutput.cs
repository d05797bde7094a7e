namespace DriverMonitor.Cli;

/// <summary>Where a verb's answer goes.</summary>
internal static class StandardOutput
{
    /// <summary>
    /// Whether it was closed by who started the program: nothing is there, or a file that the runtime has opened to read.
    /// </summary>
    public static bool IsClosed()
    {
        const int HowOpened = 3, ReadOnly = 0; // O_ACCMODE, O_RDONLY
        try
        {
            var flags = File.ReadLines("/proc/self/fdinfo/1").First(line => line.StartsWith("flags:", StringComparison.Ordinal));
            return (Convert.ToInt32(flags["flags:".Length..].Trim(), 8) & HowOpened) == ReadOnly;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // no /proc
        }
    }
}
