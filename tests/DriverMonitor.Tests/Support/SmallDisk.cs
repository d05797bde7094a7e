using System.Diagnostics;

namespace DriverMonitor.Tests.Support;

/// <summary>
/// A file system of its own in memory, a few megabytes large, that may be filled or made read-only. Only root may make one.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Null where this user may not mount: then say so and test the rest.</summary>
    public static SmallDisk? TryMount(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("smalldisk").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder)) return new(folder);
        Directory.Delete(folder);
        Console.Error.WriteLine("A small disk cannot be mounted by this user: a full and a read-only disk were not tested.");
        return null;
    }

    /// <summary>Takes every free byte but so many.</summary>
    public void FillUpTo(long free)
    {
        using var file = new FileStream(Ballast, FileMode.Append);
        for (var left = new DriveInfo(Folder).AvailableFreeSpace - free; left > 0; left -= 4096) file.Write(new byte[4096]);
    }

    public void MakeRoom() => File.Delete(Ballast);

    public void MakeReadOnly() => Assert.True(Run("mount", "-o", "remount,ro", Folder));

    public void MakeWritable() => Assert.True(Run("mount", "-o", "remount,rw", Folder));

    public void Dispose()
    {
        Run("umount", "--lazy", Folder);
        Directory.Delete(Folder);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
