using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DriverMonitor.Files;

/// <summary>
/// Files and folders that hold something of a person: nobody but their owner can read them, whatever the umask, from the
/// moment they are made. Made by root inside the service's folder they belong to the service, or it could not read them.
/// </summary>
internal static partial class PrivateFile
{
    private const UnixFileMode FileMode0600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode0700 = FileMode0600 | UnixFileMode.UserExecute;
    private const UnixFileMode ForOthers = (UnixFileMode)0b000_111_111;

    private const int CurrentFolder = -100, EmptyPath = 0x1000, BasicStats = 0x7ff;
    private const int TypeBits = 0xF000, RegularFile = 0x8000;

    /// <summary>A new file, or an old one emptied.</summary>
    public static FileStream Create(string path, FileShare share = FileShare.Read, int bufferSize = 4096) =>
        Open(path, new() { Mode = FileMode.Create, Access = FileAccess.Write, Share = share, BufferSize = bufferSize });

    /// <param name="options">With a mode that makes the file where it is not there.</param>
    public static FileStream Open(string path, FileStreamOptions options)
    {
        if (OperatingSystem.IsWindows()) return new(path, options);
        options.UnixCreateMode = FileMode0600;
        var file = new FileStream(path, options);
        try
        {
            Close(file.SafeFileHandle, path);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Makes a folder and those above it; one that is there stays as it is, for it may not be ours alone.</summary>
    public static void CreateFolder(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full)) return;
        if (Path.GetDirectoryName(full) is { } above) CreateFolder(above);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(full);
            return;
        }

        Directory.CreateDirectory(full, FolderMode0700);
        if (GetEffectiveUser() == 0 && OwnerOf(Path.GetDirectoryName(full)!) is { } owner)
            _ = ChangeOwner(full, owner.User, owner.Group);
    }

    /// <summary>
    /// An older program left files that others can read. What is no file on a disk (a terminal, a pipe) is left alone.
    /// </summary>
    private static void Close(SafeFileHandle file, string path)
    {
        if (OperatingSystem.IsWindows() || StatusOf(file) is not { } status || (status.Mode & TypeBits) != RegularFile) return;
        var mode = File.GetUnixFileMode(file);
        if ((mode & ForOthers) != 0)
            File.SetUnixFileMode(file, FileMode0600);
        if (GetEffectiveUser() != 0 || OwnerOf(Path.GetDirectoryName(Path.GetFullPath(path))!) is not { User: not 0 } owner)
            return;
        _ = ChangeOwner(file, owner.User, owner.Group);
    }

    private static (uint User, uint Group)? OwnerOf(string folder) =>
        GetStatus(CurrentFolder, folder, 0, BasicStats, out var status) == 0 ? (status.User, status.Group) : null;

    private static Status? StatusOf(SafeFileHandle file) =>
        GetStatus(file, "", EmptyPath, BasicStats, out var status) == 0 ? status : null;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "fchown")]
    private static partial int ChangeOwner(SafeFileHandle file, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetStatus(int folder, string path, int flags, uint mask, out Status status);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetStatus(SafeFileHandle file, string path, int flags, uint mask, out Status status);

    /// <summary>The kernel's <c>struct statx</c>, which is the same on every processor.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(20)] public uint User;
        [FieldOffset(24)] public uint Group;
        [FieldOffset(28)] public ushort Mode;
    }
}
