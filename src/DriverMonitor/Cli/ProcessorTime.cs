using System.Runtime.InteropServices;

namespace DriverMonitor.Cli;

/// <summary>Processor time of this process and of the children it waited for: a decoder beside us is not free.</summary>
internal static partial class ProcessorTime
{
    private const int Children = -1;

    public static TimeSpan Total => Environment.CpuUsage.TotalTime + OfChildren();

    /// <summary>Counts a child only after its end.</summary>
    private static TimeSpan OfChildren() =>
        GetUsage(Children, out var usage) == 0
            ? TimeSpan.FromSeconds(usage.UserSeconds + usage.SystemSeconds)
                + TimeSpan.FromMicroseconds(usage.UserMicroseconds + usage.SystemMicroseconds)
            : TimeSpan.Zero;

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, out Usage usage);

    /// <summary>struct rusage: two times, then fourteen counters that nobody reads here.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private readonly struct Usage
    {
        public readonly long UserSeconds;
        public readonly long UserMicroseconds;
        public readonly long SystemSeconds;
        public readonly long SystemMicroseconds;
    }
}
