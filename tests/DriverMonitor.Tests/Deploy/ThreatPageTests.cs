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

        Assert.InRange(Rows.Length, 20, 60);
        foreach (var row in Rows)
        {
            var named = Name().Matches(row[3]);
            Assert.True(named.Count > 0, $"no test: {row[1]}");
            foreach (Match name in named)
                Assert.True(
                    files.Any(file => file == name.Groups[1].Value || file.EndsWith($"/{name.Groups[1].Value}.cs", StringComparison.Ordinal)),
                    $"there is no {name.Groups[1].Value}");
        }
    }

    /// <summary>
    /// That a test goes red without the control is tried by tests/long/threats.py; here only that its list does not rot.
    /// </summary>
    [Fact]
    public void Each_threat_has_a_fault_that_its_tests_must_find_and_each_fault_its_place()
    {
        var faults = File.ReadAllLines(SourceTree.Path("tests", "long", "threats.tsv"))
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t')).ToArray();
        var threats = Rows.Select(row => row[1].Trim()).ToHashSet();

        Assert.All(faults, fault => Assert.True(fault.Length == 6, string.Join('|', fault)));
        Assert.Empty(threats.Except(faults.Select(fault => fault[0])));
        Assert.Empty(faults.Select(fault => fault[0]).Except(threats));
        foreach (var fault in faults)
        {
            var places = File.ReadAllText(SourceTree.Path(fault[2])).Split(fault[3]).Length - 1;
            Assert.True(places == 1, $"{fault[1]}: its snippet occurs {places} times in {fault[2]}");
            Assert.NotEqual(fault[3], fault[4]);
        }
    }

    private static string[][] Rows =>
    [
        .. File.ReadAllLines(SourceTree.Path("docs", "security", "threats.md"))
            .Where(line => line.StartsWith('|') && line.Count(letter => letter == '|') == 5)
            .Select(line => line.Split('|'))
            .Where(row => row[1].Trim() != "threat" && !row[1].StartsWith("--", StringComparison.Ordinal)),
    ];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
