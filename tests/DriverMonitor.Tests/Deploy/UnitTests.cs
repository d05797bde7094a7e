using System.Globalization;
using System.Text.RegularExpressions;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Deploy;

/// <summary>The service's unit, as systemd's own tools judge it.</summary>
public sealed partial class UnitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("unit").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Little_is_left_open_to_it()
    {
        var (code, output) = await Tool.RunAsync("systemd-analyze", "security", "--offline=true", "--no-pager", Unit());

        var exposure = double.Parse(Exposure().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.Equal(0, code);
        Assert.InRange(exposure, 0, 1.6); // a plain unit has 9.6
    }

    [Fact]
    public async Task It_has_no_mistakes()
    {
        // Unknown keys are only warned of, so every word is a failure.
        var (code, output) = await Tool.RunAsync("systemd-analyze", "verify", "--man=no", Unit());

        Assert.Equal("", output);
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task A_jetsons_camera_opens_it_wider_and_makes_no_mistakes()
    {
        var unit = Unit();
        var changes = Directory.CreateDirectory(unit + ".d").FullName;
        File.Copy(SourceTree.Path("deploy", "systemd", "jetson.conf"), Path.Combine(changes, "jetson.conf"));

        var (_, mistakes) = await Tool.RunAsync("systemd-analyze", "verify", "--man=no", unit);
        var (_, opened) = await Tool.RunAsync("systemd-analyze", "security", "--offline=true", "--no-pager", unit);

        Assert.Equal("", mistakes);
        // Beside a list of devices "auto" would open nothing but those.
        Assert.Matches("DeviceAllow= +Service has no device ACL", opened);
        Assert.InRange(double.Parse(Exposure().Match(opened).Groups[1].Value, CultureInfo.InvariantCulture), 2.0, 3.0);
    }

    [Fact]
    public void What_only_a_person_can_mend_is_not_tried_again()
    {
        var codes = new[] { ExitCode.BadUsage, ExitCode.InputUnreadable, ExitCode.BadConfiguration };

        Assert.Contains($"\nRestartPreventExitStatus={string.Join(' ', codes)}\n", File.ReadAllText(Unit()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flood_of_log_lines_fills_no_card()
    {
        var unit = File.ReadAllLines(Unit());

        Assert.Contains("LogRateLimitIntervalSec=1min", unit);
        Assert.InRange(int.Parse(unit.Single(line => line.StartsWith("LogRateLimitBurst=", StringComparison.Ordinal)).Split('=')[1], null), 100, 300);
    }

    /// <summary>The unit, with a program in the place of ours, which is not installed where tests run.</summary>
    private string Unit()
    {
        var copy = Path.Combine(_folder, "drivermonitor.service");
        File.WriteAllText(copy, File.ReadAllText(SourceTree.Path("deploy", "systemd", "drivermonitor.service"))
            .Replace("/usr/bin/drivermonitor", "/usr/bin/env", StringComparison.Ordinal));
        return copy;
    }

    [GeneratedRegex(@"exposure level for drivermonitor\.service: ([0-9.]+)")]
    private static partial Regex Exposure();
}
