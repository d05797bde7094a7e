using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Cli;

/// <summary>What a bench keeps, compares and shares.</summary>
public sealed class BenchTests
{
    [Fact]
    public async Task A_bench_is_compared_with_an_earlier_one()
    {
        var folder = Directory.CreateTempSubdirectory("bench");
        var (json, picture) = (Path.Combine(folder.FullName, "a.json"), Pictures.Golden("grace_hopper_usnavy.jpg"));

        var (code, output, errors) = await TheProgram.RunAsync(
            "bench", picture, "--passes", "1", "--reactions", "0", "--json", json, "--share");
        var (again, compared, _) = await TheProgram.RunAsync("bench", picture, "--passes", "1", "--reactions", "0", "--compare", json);
        File.WriteAllText(json, "{}");
        var (bad, _, why) = await TheProgram.RunAsync("bench", picture, "--passes", "1", "--reactions", "0", "--compare", json);
        folder.Delete(recursive: true);

        Assert.True(code == 0, errors);
        Assert.Contains("bytes a picture on the judging thread", output, StringComparison.Ordinal);
        Assert.Contains("| grace_hopper_usnavy.jpg |", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Environment.MachineName, output.Split('\n')[^2], StringComparison.Ordinal);
        Assert.Equal((0, 66), (again, bad));
        Assert.Contains("too few passes to tell", compared, StringComparison.Ordinal);
        Assert.Single(why.TrimEnd().Split('\n'));
    }
}
