using System.Runtime.InteropServices;

namespace DriverMonitor.Files;

/// <summary>What a name leads to, through its links.</summary>
internal enum FileKind
{
    Other,
    File,
    Folder,
    Pipe,
    Device,
    Socket,
}

/// <summary>
/// What the system knows of a file before it is opened: to open a pipe or a device can wait for ever, and two names may lead to
/// one file. The framework tells neither.
/// </summary>
/// <param name="Kind">Of the file behind all links.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Device">Where it lies; with <paramref name="Inode"/> it is the same file under any name.</param>
/// <param name="Inode">Its number there.</param>
internal readonly partial record struct FileStatus(FileKind Kind, long Size, ulong Device, ulong Inode)
{
    public const int NotFound = 2; // ENOENT
    public const int NotAFolder = 20; // ENOTDIR

    private const int TooLong = 36; // ENAMETOOLONG
    private const int TooManyLinks = 40; // ELOOP
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint BasicFacts = 0x7ff; // STATX_BASIC_STATS
    private const int InvalidName = 22; // EINVAL

    private static readonly string[] KernelFormats =
        ["proc", "sysfs", "debugfs", "tracefs", "cgroupfs", "cgroup2fs", "configfs", "securityfs"];

    /// <summary>
    /// Null when there is nothing, or nothing that can be reached; <paramref name="error"/> is the system's number for why.
    /// </summary>
    public static unsafe FileStatus? Of(string path, out int error)
    {
        error = InvalidName;
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)) return null;
        Facts facts;
        if (Stat(CurrentFolder, path, 0, BasicFacts, &facts) != 0)
        {
            error = Marshal.GetLastPInvokeError();
            return null;
        }

        error = 0;
        return new(KindOf(facts.Mode), (long)facts.Size, (ulong)facts.DeviceMajor << 32 | facts.DeviceMinor, facts.Inode);
    }

    /// <summary>
    /// Whether it is a window into the kernel: it tells no size, and to read it may wait for ever (/proc/kmsg).
    /// </summary>
    public static bool IsKernels(string path)
    {
        try
        {
            return KernelFormats.Contains(new DriveInfo(path).DriveFormat);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Whether the system's number says that the name can never lead anywhere, whoever asks.</summary>
    public static bool IsNonsense(int error) => error is TooManyLinks or TooLong or InvalidName;

    private static FileKind KindOf(ushort mode) => (mode & 0xF000) switch
    {
        0x8000 => FileKind.File,
        0x4000 => FileKind.Folder,
        0x1000 => FileKind.Pipe,
        0x2000 or 0x6000 => FileKind.Device,
        0xC000 => FileKind.Socket,
        _ => FileKind.Other,
    };

    /// <summary>struct statx: unlike struct stat it is laid out alike on every processor.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Facts
    {
        [FieldOffset(28)] public ushort Mode;
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(40)] public ulong Size;
        [FieldOffset(136)] public uint DeviceMajor;
        [FieldOffset(140)] public uint DeviceMinor;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static unsafe partial int Stat(int folder, string path, int flags, uint mask, Facts* facts);
}
