using System.Runtime.InteropServices;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Mqtt;

/// <summary>Reads the wall clock where an event is written, and says how far it can be trusted.</summary>
/// <param name="floor">The earliest it can be, where that is known better than by the program's age.</param>
internal sealed partial class ClockTrust(TimeProvider time, DateTimeOffset? floor = null)
{
    /// <summary>No event of this program can be older than the program.</summary>
    private static readonly DateTimeOffset Written = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private bool _wasSynced;

    /// <summary>Whether somebody vouches for the time of day: it is kept by a time server, or was earlier in this run.</summary>
    public bool IsTrusted => Trust(time.GetUtcNow()) is WireClock.Synced or WireClock.Holdover;

    /// <summary>The earliest it can be.</summary>
    public DateTimeOffset Floor { get; } = floor ?? Written;

    /// <summary>
    /// What to take the time for when a certificate is judged: the clock's where it is trusted. Otherwise the clock can only be
    /// behind, and it is later than the floor and than <paramref name="past"/>.
    /// </summary>
    /// <param name="past">A moment of which somebody we trust says that it is over, such as the day a certificate was signed.</param>
    public DateTimeOffset AtLeast(DateTimeOffset past)
    {
        var now = time.GetUtcNow();
        if (IsTrusted) return now;
        var known = past > Floor ? past : Floor;
        return now > known ? now : known;
    }

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
