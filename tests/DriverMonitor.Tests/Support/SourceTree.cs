namespace DriverMonitor.Tests.Support;

/// <summary>Files of the project that are not built, such as units and scripts.</summary>
internal static class SourceTree
{
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root(), .. parts]);

    private static string Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(at.FullName, "DriverMonitor.sln"))) return at.FullName;
        }

        throw new DirectoryNotFoundException($"DriverMonitor.sln is not above {AppContext.BaseDirectory}.");
    }
}
