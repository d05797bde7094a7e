using System.Runtime.InteropServices;

namespace DriverMonitor.Hosting;

/// <summary>
/// How many files this process may have open. Too few are found out at the start: later a camera could not be opened again, and
/// the warning would end on the road.
/// </summary>
internal static partial class OpenFiles
{
    /// <summary>The service at its fullest, with every connection that the page takes, and as much again.</summary>
    public const ulong Needed = 512;

    private const int NumberOfFiles = 7; // RLIMIT_NOFILE on Linux

    /// <summary>
    /// One line that says what to do; null if there are enough. The runtime has raised the soft limit to the hard one.
    /// </summary>
    public static string? WhyTooFew() =>
        !OperatingSystem.IsLinux() || GetLimit(NumberOfFiles, out var limit) != 0 || limit.Soft >= Needed
            ? null
            : $"only {limit.Soft} files may be open at once, and {Needed} are needed. Set LimitNOFILE=4096 in the unit, or do: ulimit -n 4096.";

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    private readonly record struct Limit(ulong Soft, ulong Hard);
}
