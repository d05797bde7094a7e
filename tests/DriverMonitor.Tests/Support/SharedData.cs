namespace DriverMonitor.Tests.Support;

/// <summary>Recordings that may be measured but not shipped; they lie beside the project on machines that have them.</summary>
internal static class SharedData
{
    public static string? Folder { get; } = Find();

    public static string Path(string relative) => System.IO.Path.Combine(Folder!, relative);

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!File.Exists(System.IO.Path.Combine(at.FullName, "DriverMonitor.sln"))) continue;
            var folder = System.IO.Path.GetFullPath(System.IO.Path.Combine(at.FullName, "..", "shared", "data"));
            return Directory.Exists(folder) ? folder : null;
        }

        return null;
    }
}

/// <summary>A test that is skipped where the recordings are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (SharedData.Folder is null) Skip = "The recordings are not on this machine.";
    }
}

/// <inheritdoc cref="SharedDataFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute()
    {
        if (SharedData.Folder is null) Skip = "The recordings are not on this machine.";
    }
}
