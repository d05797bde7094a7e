using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Cli;

public sealed class DemoTests
{
    /// <summary>
    /// The drive of the demo, without its waiting: everything scripted is found, nothing else, and the fleet hears it.
    /// </summary>
    [Fact]
    public async Task Everything_scripted_is_detected_and_nothing_else()
    {
        var (code, output, errors) = await TheProgram.RunAsync("demo", "--fast");

        Assert.True(code == 0, output + errors);
        Assert.Contains("16 scripted, 0 missed or false", output, StringComparison.Ordinal);
        Assert.DoesNotContain("MISSED", output, StringComparison.Ordinal);
    }
}
