using System.Globalization;
using System.Text.Json;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Cli;

/// <summary>A heart series alone can be replayed: a line a second, and the whole record's figures at the end.</summary>
public sealed class RecordedHeartTests
{
    [Fact]
    public async Task A_series_alone_gives_its_figures()
    {
        var series = Path.GetTempFileName();
        var events = Path.GetTempFileName();
        await File.WriteAllLinesAsync(
            series, Enumerable.Range(0, 200).Select(i => (850 + 40 * (i % 3)).ToString(CultureInfo.InvariantCulture)));

        var (code, _, errors) = await TheProgram.RunAsync("replay", "--heart", series, "--events", events);

        Assert.True(code == 0, errors);
        var lines = (await File.ReadAllLinesAsync(events)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var hearts = lines.Where(line => line.GetProperty("kind").GetString() == "heart").ToList();
        Assert.InRange(hearts.Count, 160, 180);
        Assert.True(hearts[^1].GetProperty("usable").GetBoolean());
        Assert.Equal(
            ("heart_summary", 200, 56.497),
            (
                lines[^1].GetProperty("kind").GetString(),
                lines[^1].GetProperty("rawBeats").GetInt32(),
                lines[^1].GetProperty("rawRmssd").GetDouble()));
    }
}
