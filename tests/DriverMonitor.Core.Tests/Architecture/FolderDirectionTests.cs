using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace DriverMonitor.Core.Tests.Architecture;

public partial class FolderDirectionTests
{
    /// <summary>From the ground up: a folder uses the ones before it, never one after it. "" is the root.</summary>
    private static readonly string[] Floors = ["Signals", "Faces", "Hearts", "Features", "Assessment", "Alerts", "Events", "Orders", "Privacy", ""];

    /// <summary>What touches the world touches it alone: only the program's root and its commands see more than one.</summary>
    private static readonly string[] Adapters =
        ["Camera", "Vision", "HeartRate", "Vehicle", "Gpio", "Outbox", "Mqtt", "Orders", "Recording", "Web"];

    /// <summary>
    /// The face reader reads the camera's frames: the one thing that must not be copied between two adapters. The link
    /// empties the outbox, which outlives every connection.
    /// </summary>
    private static readonly string[] Allowed = ["Vision -> Camera", "Mqtt -> Outbox"];

    [Fact]
    public void A_core_folder_stands_on_the_folders_below_it()
    {
        var climbs = Uses("DriverMonitor.Core", "DriverMonitor.Core")
            .Where(use => Floor(use.To) > Floor(use.From))
            .Select(use => $"{use.File} uses {use.To}");
        Assert.Empty(climbs);
    }

    [Fact]
    public void Every_core_folder_has_a_floor() =>
        Assert.All(Directory.GetDirectories(Path.Combine(Source(), "DriverMonitor.Core")).Select(d => Path.GetFileName(d)!).Where(IsOurs), d => Assert.Contains(d, Floors));

    [Fact]
    public void Adapters_do_not_know_one_another()
    {
        var meetings = Uses("DriverMonitor", "DriverMonitor")
            .Where(use => Adapters.Contains(use.From) && Adapters.Contains(use.To) && use.From != use.To)
            .Where(use => !Allowed.Contains($"{use.From} -> {use.To}"))
            .Select(use => $"{use.File} uses {use.To}");
        Assert.Empty(meetings);
    }

    [Fact]
    public void The_core_uses_nothing_of_the_program() =>
        Assert.DoesNotContain(Files("DriverMonitor.Core").SelectMany(File.ReadLines), line => ProgramUse().IsMatch(line));

    private static IEnumerable<(string File, string From, string To)> Uses(string project, string root)
    {
        var top = Path.Combine(Source(), project);
        foreach (var file in Files(project))
        {
            var path = Path.GetRelativePath(top, file);
            var from = path.Contains(Path.DirectorySeparatorChar) ? path.Split(Path.DirectorySeparatorChar)[0] : "";
            foreach (var line in File.ReadLines(file))
            {
                var use = Use().Match(line);
                if (use.Success && use.Groups["root"].Value == root) yield return (path, from, use.Groups["folder"].Value);
            }
        }
    }

    private static IEnumerable<string> Files(string project) =>
        Directory.EnumerateFiles(Path.Combine(Source(), project), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(Source(), file).Split(Path.DirectorySeparatorChar).All(IsOurs));

    private static bool IsOurs(string folder) => folder is not ("bin" or "obj");

    private static int Floor(string folder) => Array.IndexOf(Floors, folder) is >= 0 and var floor ? floor : throw new InvalidOperationException($"{folder} has no floor.");

    private static string Source([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src"));

    [GeneratedRegex(@"^\s*(global\s+)?using\s+(static\s+)?(\w+\s*=\s*)?(?<root>DriverMonitor(\.Core)?)(\.(?<folder>(?!Core\b)\w+))?[\w.]*;")]
    private static partial Regex Use();

    [GeneratedRegex(@"^\s*using\s+(static\s+)?DriverMonitor(;|\.(?!Core\b))")]
    private static partial Regex ProgramUse();
}
