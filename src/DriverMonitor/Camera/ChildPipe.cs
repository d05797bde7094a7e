using System.Runtime.InteropServices;

namespace DriverMonitor.Camera;

/// <summary>
/// The reading end of a child's pipe. The runtime's streams cannot give up a wait, and a picture should land in the
/// frame without a copy in between: hence poll and read themselves.
/// </summary>
internal sealed partial class ChildPipe(SafeHandle handle)
{
    private const int SetPipeSize = 1031; // F_SETPIPE_SZ
    private const short Readable = 1; // POLLIN
    private const int Interrupted = 4; // EINTR
    private const int TryAgain = 11; // EAGAIN

    /// <summary>The other end is closed and everything was read.</summary>
    public bool Ended { get; private set; }

    /// <summary>Asks for a longer pipe. The system may refuse; then it stays 64 KiB and works all the same.</summary>
    public void Lengthen(int bytes) => _ = Control(handle, SetPipeSize, bytes);

    /// <summary>Waits until a read would not block: bytes have come, or the end. False when the time is over.</summary>
    public bool Wait(int milliseconds)
    {
        var entry = new PollEntry { File = (int)handle.DangerousGetHandle(), Asked = Readable };
        return !Ended && Poll(ref entry, 1, milliseconds) > 0;
    }

    /// <summary>Reads what is there, at most <paramref name="count"/> bytes; 0 when nothing came or the pipe ended.</summary>
    public unsafe int Read(byte* into, int count)
    {
        var got = Read(handle, into, (nuint)count);
        if (got < 0 && Marshal.GetLastPInvokeError() is Interrupted or TryAgain) return 0;
        if (got <= 0) Ended = true;
        return Math.Max(0, (int)got);
    }

    /// <summary>Throws away what is there.</summary>
    public unsafe void Skip()
    {
        var nowhere = stackalloc byte[1024];
        Read(nowhere, 1024);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int File;
        public short Asked;
        public short Happened;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollEntry entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static unsafe partial nint Read(SafeHandle file, byte* into, nuint count);

    // Variadic in C; three integers arrive the same way on x86-64 and on Linux's arm64.
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeHandle file, int command, int value);
}
