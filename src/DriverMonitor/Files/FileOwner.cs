using System.Runtime.InteropServices;

namespace DriverMonitor.Files;

/// <summary>What root writes into the service's folder is given to the service, or it could not read what it must obey.</summary>
internal static unsafe partial class FileOwner
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint Basics = 0x7ff; // STATX_BASIC_STATS
    private const int OwnerAt = 20; // struct statx: stx_uid, and stx_gid behind it; the same on every processor

    /// <summary>Gives a file to the owner of its folder; does nothing for whoever is not root.</summary>
    public static void FollowFolder(string path)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return;
        var folder = stackalloc byte[256];
        if (Update(CurrentFolder, Path.GetDirectoryName(Path.GetFullPath(path))!, 0, Basics, folder) != 0) return;
        var owner = (uint*)(folder + OwnerAt);
        _ = Give(path, owner[0], owner[1]);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Update(int folder, string path, int flags, uint mask, byte* into);

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Give(string path, uint owner, uint group);
}
