using System.Text.RegularExpressions;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Deploy;

/// <summary>The page of threats names the test that goes red without each control; a renamed test must not leave it empty.</summary>
public sealed partial class ThreatPageTests
{
    [Fact]
    public void Every_test_that_the_page_of_threats_names_is_there()
    {
        var files = Directory.EnumerateFiles(SourceTree.Path("tests"), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(SourceTree.Path(), path))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        var page = File.ReadAllLines(SourceTree.Path("docs", "security", "threats.md"));
        var rows = page.Where(line => line.StartsWith('|') && line.Count(letter => letter == '|') == 5).ToArray();

        Assert.InRange(rows.Length, 20, 60);
        foreach (var row in rows.Where(row => !row.StartsWith("| threat", StringComparison.Ordinal) && !row.StartsWith("|--", StringComparison.Ordinal)))
        {
            var named = Name().Matches(row.Split('|')[3]);
            Assert.True(named.Count > 0, $"no test: {row}");
            foreach (Match name in named)
                Assert.True(
                    files.Any(file => file == name.Groups[1].Value || file.EndsWith($"/{name.Groups[1].Value}.cs", StringComparison.Ordinal)),
                    $"there is no {name.Groups[1].Value}");
        }
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
