using System.Text.Json;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Cli;

/// <summary>Clips of a man at the wheel, against what was seen in them by eye.</summary>
public sealed class RecordedDriveTests
{
    private const string Clips = "video/incluit-driver-behaviour";

    [SharedDataFact]
    public async Task A_long_closure_is_measured_and_warned_of_while_it_lasts()
    {
        var events = await ReplayAsync($"{Clips}/data_video2.mp4");
        var closures = events.Where(e => e.Kind is "blink" or "long_blink" or "microsleep" or "sleep" or "unresponsive").ToList();

        Assert.Equal(4, closures.Count);
        Assert.All(closures[..3], blink => Assert.InRange(blink.DurationMs, 50, 500));
        var sleep = closures[3];
        Assert.Equal("sleep", sleep.Kind);
        Assert.InRange(sleep.DurationMs, 4500 * 0.9, 4500 * 1.1);

        var raised = Assert.Single(events, e => e is { Kind: "alert", Phase: "raised" });
        Assert.Equal("fatigue", raised.State);
        Assert.InRange(raised.At, sleep.StartedAt + 1.4, sleep.At);
    }

    [SharedDataFact]
    public async Task A_long_look_away_is_measured_and_warned_of()
    {
        var events = await ReplayAsync($"{Clips}/data_video3.mp4");

        var away = Assert.Single(events, e => e.Kind == "look_away");
        Assert.InRange(away.DurationMs, 2800, 3800);
        Assert.DoesNotContain(events, e => e is { Kind: "alert", State: "fatigue" });
        Assert.DoesNotContain(events, e => e.Kind is "microsleep" or "sleep" or "unresponsive");
    }

    [SharedDataFact]
    public async Task A_head_that_turns_all_ways_is_not_asleep()
    {
        var events = await ReplayAsync($"{Clips}/data_video1.mp4");

        Assert.DoesNotContain(events, e => e.Kind is "microsleep" or "sleep" or "unresponsive" or "yawn");
        Assert.DoesNotContain(events, e => e is { Kind: "alert", State: "fatigue" });
    }

    [SharedDataTheory]
    [InlineData("portraits/astronaut_eileen_collins_nasa.png")]
    [InlineData("portraits/grace_hopper_usnavy.jpg")]
    public async Task A_portrait_neither_sleeps_nor_looks_away(string picture) =>
        Assert.Empty(await ReplayAsync(picture));

    [SharedDataFact]
    public async Task The_same_clip_twice_gives_the_same_bytes()
    {
        var first = Path.GetTempFileName();
        var second = Path.GetTempFileName();
        var clip = SharedData.Path($"{Clips}/data_video3.mp4");
        await TheProgram.RunAsync("replay", clip, "--events", first, "--trace", first + ".csv");
        await TheProgram.RunAsync("replay", clip, "--events", second, "--trace", second + ".csv");

        Assert.Equal(await File.ReadAllBytesAsync(first), await File.ReadAllBytesAsync(second));
        Assert.Equal(await File.ReadAllBytesAsync(first + ".csv"), await File.ReadAllBytesAsync(second + ".csv"));
    }

    private static async Task<List<Line>> ReplayAsync(string input)
    {
        var file = Path.GetTempFileName();
        var (code, _, errors) = await TheProgram.RunAsync("replay", SharedData.Path(input), "--events", file);
        Assert.True(code == 0, errors);
        return [.. (await File.ReadAllLinesAsync(file)).Select(Line.Parse)];
    }

    private sealed record Line(double At, string Kind, double StartedAt, double DurationMs, string? Phase, string? State)
    {
        public static Line Parse(string text)
        {
            var json = JsonDocument.Parse(text).RootElement;
            return new(
                json.GetProperty("at").GetDouble(), json.GetProperty("kind").GetString()!,
                Number("startedAt"), Number("durationMs"), Text("phase"), Text("state"));

            double Number(string name) => json.TryGetProperty(name, out var value) ? value.GetDouble() : double.NaN;
            string? Text(string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
        }
    }
}
