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

    [GeneratedRegex("<Version>(.*)</Version>")]
    private static partial Regex Version();
}
