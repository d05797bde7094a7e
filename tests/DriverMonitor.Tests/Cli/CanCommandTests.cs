using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Cli;

/// <summary><c>can watch</c> on a log, as an installer without a bus tries it.</summary>
public sealed class CanCommandTests
{
    [Fact]
    public async Task A_log_is_shown_with_the_bytes_that_changed_and_what_the_settings_make_of_it()
    {
        var folder = Directory.CreateTempSubdirectory("can");
        var (log, config) = (Path.Combine(folder.FullName, "drive.log"), Path.Combine(folder.FullName, "settings.json"));
        File.WriteAllText(log, """
            (100.000000) can0 100#0000AA
            (100.500000) can0 18FEF100#FF
            not a line of candump
            (101.000000) can0 100#8813AA
            """);
        File.WriteAllText(
            config, """{ "DriverMonitor": { "Vehicle": { "Can": { "Interface": "can0", "Signals": { "Speed": "0x100 0|16@1+ (0.01,0)" } } } } }""");

        var (code, output, errors) = await TheProgram.RunAsync("can", "watch", "--log", log, "--plain", "--config", config);
        folder.Delete(recursive: true);

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(
            [
                "     100      1.0/s        2  [88] [13]  AA ",
                "18FEF100         /s        1   FF ",
                "Vehicle:Can reads: 50 km/h",
            ], output.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("does not exist", "can", "watch", "--log", "/nowhere/drive.log")]
    [InlineData("there is no interface no-such-bus", "can", "watch", "--interface", "no-such-bus", "--plain")]
    [InlineData("--seconds must be 1 to 86400", "can", "watch", "--seconds", "0")]
    public async Task What_is_not_there_is_one_line(string says, params string[] arguments)
    {
        var (code, _, errors) = await TheProgram.RunAsync(arguments);
        Assert.NotEqual(0, code);
        Assert.Contains(says, Assert.Single(errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }
}
