using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DriverMonitor.Monitoring;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Deploy;

/// <summary>What the package is made of; building it takes minutes and is done by tests/long/package.sh.</summary>
public sealed partial class PackageTests
{
    [Theory]
    [InlineData("build-deb.sh", "bash")]
    [InlineData("install.sh", "sh")]
    [InlineData("update/drivermonitor-update", "bash")]
    [InlineData("update/make-repository.sh", "bash")]
    [InlineData("drivermonitor-seal", "sh")]
    [InlineData("debian/postinst", "sh")]
    [InlineData("debian/prerm", "sh")]
    [InlineData("debian/postrm", "sh")]
    public async Task Its_scripts_are_understood(string script, string shell)
    {
        var (code, output) = await Tool.RunAsync(shell, "-n", SourceTree.Path("deploy", script));

        Assert.True(code == 0, output);
    }

    [Fact]
    public void The_program_starts_with_the_settings_it_brings()
    {
        var settings = MonitorOptions.Load(SourceTree.Path("deploy", "drivermonitor.json"));

        Assert.Equal(new MonitorOptions().Camera.Source, settings.Camera.Source);
        Assert.Empty(settings.Mqtt.Brokers);
    }

    [Fact]
    public void Its_changelog_is_of_the_programs_version()
    {
        var version = Version().Match(File.ReadAllText(SourceTree.Path("src", "Directory.Build.props"))).Groups[1].Value;

        Assert.StartsWith(
            $"drivermonitor ({version}) ",
            File.ReadAllText(SourceTree.Path("deploy", "debian", "changelog")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_list_names_every_file_with_its_hash()
    {
        var root = Directory.CreateTempSubdirectory("package");
        try
        {
            string[] names = ["usr/bin/program", "usr/lib/native.so", "usr/share/doc/words.md", "etc/settings.json"];
            foreach (var name in names)
            {
                root.CreateSubdirectory(Path.GetDirectoryName(name)!);
                await File.WriteAllTextAsync(Path.Combine(root.FullName, name), name);
            }

            var deps = Path.Combine(root.FullName, "deps.json");
            await File.WriteAllTextAsync(deps, """{ "targets": {}, "libraries": {} }""");
            var (code, output) = await Tool.RunAsync(
                "python3", SourceTree.Path("deploy", "sbom.py"), root.FullName, deps, "--leave-out", "deps.json");

            Assert.True(code == 0, output);
            var listed = JsonNode.Parse(output)!["components"]!.AsArray().Select(part => $"{part!["name"]} {part["hashes"]![0]!["content"]}");
            Assert.Equal(
                names.Select(name => $"/{name} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}").Order(),
                listed.Order());
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [GeneratedRegex("<Version>(.*)</Version>")]
    private static partial Regex Version();
}
