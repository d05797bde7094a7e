namespace DriverMonitor.Tests.Support;

/// <summary>A folder for files that are written tens of thousands of times: in memory where the system has one.</summary>
internal static class MemoryFolder
{
    private const string SharedMemory = "/dev/shm";

    public static string Create(string prefix)
    {
        if (!Directory.Exists(SharedMemory)) return Directory.CreateTempSubdirectory(prefix).FullName;
        var folder = Path.Combine(SharedMemory, prefix + Path.GetRandomFileName());
        return Directory.CreateDirectory(folder).FullName;
    }
}
