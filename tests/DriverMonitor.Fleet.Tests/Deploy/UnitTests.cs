using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using DriverMonitor.Fleet.Tests.Support;

namespace DriverMonitor.Fleet.Tests.Deploy;

/// <summary>systemd reads our units without a word, and little is left open to the program.</summary>
public sealed partial class UnitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("drivermonitor-fleet.service")]
    [InlineData("drivermonitor-fleet@.service")]
    public async Task A_unit_has_no_mistakes_and_little_is_left_open_to_it(string name)
    {
        // A program in the place of ours, which is not installed where tests run.
        var unit = _folder.PathOf(name);
        File.WriteAllText(unit, File.ReadAllText(Path.Combine(Systemd(), name))
            .Replace("/usr/bin/drivermonitor-fleet", "/usr/bin/env", StringComparison.Ordinal));

        var (_, mistakes) = await Operator.RunAsync("systemd-analyze", "verify", "--man=no", unit);
        var (_, opened) = await Operator.RunAsync("systemd-analyze", "security", "--offline=true", "--no-pager", unit);

        Assert.Equal("", mistakes);
        Assert.InRange(double.Parse(Exposure().Match(opened).Groups[1].Value, CultureInfo.InvariantCulture), 0, 1.6);
        Assert.Contains($"\nRestartPreventExitStatus={ExitCode.BadUsage} {ExitCode.BadConfiguration}\n", File.ReadAllText(unit), StringComparison.Ordinal);
    }

    private static string Systemd([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "../../../deploy/fleet/systemd");

    [GeneratedRegex(@"exposure level for drivermonitor-fleet@?i?\.service: ([0-9.]+)")]
    private static partial Regex Exposure();
}
