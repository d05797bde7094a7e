using System.Text.Json;
using Xunit.Abstractions;

namespace DriverMonitor.Core.Tests.Vectors;

/// <summary>
/// Recorded hearts that are not part of the project: looked for in <c>shared</c> beside its root, and done without.
/// </summary>
internal static class SharedData
{
    /// <summary>The path, or null with a line that says what was not tested.</summary>
    public static string? Find(string path, ITestOutputHelper output) => Find("data", path, output);

    /// <summary>A written-down design beside the project, or null.</summary>
    public static string? Design(string path, ITestOutputHelper output) => Find("design", path, output);

    private static string? Find(string folderOfShared, string path, ITestOutputHelper output)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", folderOfShared, path);
            if (File.Exists(candidate)) return candidate;
        }

        output.WriteLine($"Not tested: shared/{folderOfShared}/{path} is not beside the project.");
        return null;
    }

    public static JsonElement? Json(string path, ITestOutputHelper output) =>
        Find(path, output) is { } file ? JsonDocument.Parse(File.ReadAllBytes(file)).RootElement : null;

    /// <summary>Numbers, one a line.</summary>
    public static double[]? Lines(string path, ITestOutputHelper output) =>
        Find(path, output) is { } file
            ?
            [
                .. File.ReadLines(file)
                    .Where(l => l.Length > 0)
                    .Select(l => double.Parse(l, System.Globalization.CultureInfo.InvariantCulture)),
            ]
            : null;

    /// <summary>A table's rows without its head.</summary>
    public static string[][]? Rows(string path, ITestOutputHelper output) =>
        Find(path, output) is { } file ? [.. File.ReadLines(file).Skip(1).Select(l => l.Split(','))] : null;
}
