using System.Text;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Deploy;

/// <summary>Known faults of libraries, looked up in a file that somebody else wrote.</summary>
public sealed class AdvisoriesTests : IDisposable
{
    private const string Parts = """
        { "components": [
          { "type": "library", "name": "Newtonsoft.Json", "version": "12.0.3", "purl": "pkg:nuget/Newtonsoft.Json@12.0.3" },
          { "type": "library", "name": "Preview", "version": "2.0.0-rc.2", "purl": "pkg:nuget/Preview@2.0.0-rc.2" },
          { "type": "file", "name": "/usr/bin/x" } ] }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("advisories").FullName;

    public AdvisoriesTests() => File.WriteAllText(Path.Combine(_folder, "sbom.json"), Parts);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("below the mend", "Newtonsoft.Json", """[{"introduced":"0"},{"fixed":"13.0.1"}]""", 1)]
    [InlineData("written in other letters", "newtonsoft.json", """[{"introduced":"0"},{"fixed":"13.0.1"}]""", 1)]
    [InlineData("the mend itself", "Newtonsoft.Json", """[{"introduced":"0"},{"fixed":"12.0.3"}]""", 0)]
    [InlineData("the mend with another zero", "Newtonsoft.Json", """[{"introduced":"0"},{"fixed":"12.0.3.0"}]""", 0)]
    [InlineData("10 comes after 9", "Newtonsoft.Json", """[{"introduced":"9.0.0"},{"fixed":"100.0.0"}]""", 1)]
    [InlineData("the last that has it", "Newtonsoft.Json", """[{"introduced":"0"},{"last_affected":"12.0.3"}]""", 1)]
    [InlineData("after the last that has it", "Newtonsoft.Json", """[{"introduced":"0"},{"last_affected":"12.0.2"}]""", 0)]
    [InlineData("mended once and broken again", "Newtonsoft.Json", """[{"introduced":"0"},{"fixed":"9.0.1"},{"introduced":"12.0.1"}]""", 1)]
    [InlineData("not in order", "Newtonsoft.Json", """[{"fixed":"12.0.2"},{"introduced":"0"}]""", 0)]
    [InlineData("a preview comes before its release", "Preview", """[{"introduced":"0"},{"fixed":"2.0.0"}]""", 1)]
    [InlineData("a preview after another", "Preview", """[{"introduced":"0"},{"fixed":"2.0.0-rc.2"}]""", 0)]
    [InlineData("another library", "Json", """[{"introduced":"0"}]""", 0)]
    public async Task A_fault_applies_or_does_not(string story, string library, string events, int code)
    {
        var (exit, said) = await ScanAsync(
            $$$"""{"id":"GHSA-1","summary":"It can be crashed","affected":[{"package":{"ecosystem":"NuGet","name":"{{{library}}}"},"ranges":[{"type":"ECOSYSTEM","events":{{{events}}}}]}]}""");

        Assert.True(exit == code, $"{story}: {said}");
        Assert.Equal(code == 1, said.Contains("GHSA-1 It can be crashed", StringComparison.Ordinal));
    }

    /// <summary>It is read as a stranger's: one line says that it was not understood, and nothing passes for safe.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("1e999")]
    [InlineData("{}")]
    [InlineData("""{"id":7,"affected":[]}""")]
    [InlineData("""{"id":"a","affected":[{"package":{"ecosystem":"NuGet","name":null}}]}""")]
    [InlineData("""{"id":"a","affected":[{"package":{"ecosystem":"NuGet","name":"preview"},"ranges":[{"type":"SEMVER"}]}]}""")]
    [InlineData("""{"id":"a","affected":[{"package":{"ecosystem":"NuGet","name":"preview"},"ranges":[{"type":"SEMVER","events":[{}]}]}]}""")]
    [InlineData("""{"id":"a","affected":[{"package":{"ecosystem":"NuGet","name":"preview"},"ranges":[{"type":"SEMVER","events":[{"introduced":[]}]}]}]}""")]
    [InlineData("deep")]
    [InlineData("no text")]
    [InlineData("a folder without one")]
    [InlineData("a link to a device")]
    public async Task What_is_no_advisory_is_said_and_is_no_good_news(string text)
    {
        var file = Path.Combine(_folder, "advisory.json");
        if (text == "a folder without one") Directory.CreateDirectory(file);
        else if (text == "a link to a device") File.CreateSymbolicLink(file, "/dev/zero");
        else await File.WriteAllBytesAsync(file, text switch
        {
            "deep" => Encoding.UTF8.GetBytes(new string('[', 200_000)),
            "no text" => [0xFF, 0xFE, 0x00, 0xD8, 0x00],
            _ => Encoding.UTF8.GetBytes(text),
        });

        var (exit, said) = await Tool.RunAsync("python3", SourceTree.Path("deploy", "advisories.py"), Path.Combine(_folder, "sbom.json"), file);

        Assert.True(exit == 65, said);
        Assert.DoesNotContain("Traceback", said, StringComparison.Ordinal);
        Assert.InRange(said.Length, 1, 700);
    }

    [Fact]
    public async Task Words_of_a_stranger_command_no_terminal()
    {
        var (exit, said) = await ScanAsync(
            $$$"""{"id":"\u001b[2Jx","summary":"{{{new string('y', 5000)}}}\n\u202e","affected":[{"package":{"ecosystem":"NuGet","name":"preview"},"versions":["2.0.0-rc.2"]}]}""");

        Assert.Equal(1, exit);
        Assert.DoesNotContain('\u001b', said);
        Assert.DoesNotContain('\u202e', said);
        Assert.InRange(said.Length, 1, 600);
    }

    private async Task<(int ExitCode, string Output)> ScanAsync(string advisory)
    {
        var file = Path.Combine(_folder, "advisory.json");
        await File.WriteAllTextAsync(file, advisory);
        return await Tool.RunAsync("python3", SourceTree.Path("deploy", "advisories.py"), Path.Combine(_folder, "sbom.json"), file);
    }
}
