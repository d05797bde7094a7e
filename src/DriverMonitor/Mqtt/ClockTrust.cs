using System.Runtime.InteropServices;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Mqtt;

/// <summary>Reads the wall clock where an event is written, and says how far it can be trusted.</summary>
internal sealed partial class ClockTrust(TimeProvider time)
{
    /// <summary>No event of this program can be older than the program.</summary>
    private static readonly DateTimeOffset Written = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private bool _wasSynced;

    /// <summary>Whether somebody vouches for the time of day: it is kept by a time server, or was earlier in this run.</summary>
    public bool IsTrusted => Trust(time.GetUtcNow()) is WireClock.Synced or WireClock.Holdover;

    public WireStamp Stamp(long seq)
    {
        var now = time.GetUtcNow();
        return new(seq, now, Trust(now));
    }

    private WireClock Trust(DateTimeOffset now)
    {
        if (now < Written) return WireClock.Unset;
        if (KernelSaysSynced()) _wasSynced = true;
        else return _wasSynced ? WireClock.Holdover : WireClock.Floor;
        return WireClock.Synced;
    }

    /// <summary>The kernel is told by chrony, ntpd and systemd-timesyncd alike whether a time server keeps it.</summary>
    private static unsafe bool KernelSaysSynced()
    {
        const int Unsynchronised = 5;
        // struct timex is 208 bytes on 64-bit Linux; all zero asks without changing anything.
        Span<byte> timex = stackalloc byte[512];
        timex.Clear();
        fixed (byte* buffer = timex)
        {
            var state = adjtimex(buffer);
            return state is >= 0 and not Unsynchronised;
        }
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int adjtimex(byte* timex);
}
