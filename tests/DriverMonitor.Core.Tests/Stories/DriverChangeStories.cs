using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

public class DriverChangeStories
{
    public static TheoryData<string, string, string> Drives => new()
    {
        { "driver swap at a stop", "20s open speed 50; 10s open speed 0; 15s noface; 10s open track 1", "40.0 face_lost, 45.0 driver_changed, 45.0 recovered face_lost" },
        { "the same face again", "20s open speed 50; 10s open speed 0; 15s noface; 10s open", "40.0 face_lost, 45.0 recovered face_lost" },
        { "lost and found while driving", "20s open speed 50; 15s noface; 10s open track 1", "30.0 face_lost, 35.0 recovered face_lost" },
        { "a short look under the seat", "20s open speed 0; 5s noface; 10s open track 1", "" },
        { "speed unknown, slumped out of the picture", "20s open; 30s noface; 10s open track 1", "30.0 face_lost, 50.0 recovered face_lost" },
        { "speed unknown, gone for long", "20s open; 50s noface; 20s noface; 10s open track 1", "30.0 face_lost, 90.0 driver_changed, 90.0 recovered face_lost" },
        { "asleep, swapped, awake", "10s open; 4s shut speed 3; 15s noface; 10s open track 1", "11.5 raised eyes_closed 2, 13.0 escalated eyes_closed 3, 16.0 escalated eyes_closed 4, 17.0 unresponsive (aborted) 7.0, 24.0 face_lost, 29.0 cleared eyes_closed 4, 29.0 driver_changed, 29.0 recovered face_lost" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_drive_has_its_timeline(string name, string drive, string timeline) =>
        Assert.Equal((name, timeline), (name, Timeline.Of(drive)));

    [Theory]
    [InlineData("5s open; 2s shut; 5s open")]
    [InlineData("1s yaw 35; 3.5s yaw 80; 20s yaw 35; 4s yaw 80; 3s yaw 35")]
    [InlineData("0.5s open; 0.15s shut; 2s open; 0.7s shut; 3s lids 0.6; 1.6s lids 0.1; 3s lids 0.6")]
    public void Nothing_of_one_driver_is_held_against_another(string second)
    {
        const string first =
            "60s yaw 15 pitch 10 speed 60; 3.2s yaw 60; 10s yaw 15 pitch 10 lids 1.3; 2s shut; 18s noface speed 0";
        var stranger =
            "0.1s open track 1 speed 0; " + string.Join("; ", second.Split("; ").Select(part => part + " track 1 speed 60"));

        var alone = Lines(Timeline.Of(stranger));
        var after = Lines(Timeline.Of($"{first}; {stranger}"))
            .SkipWhile(line => line != "driver_changed")
            .Skip(1)
            .Where(line => !line.StartsWith("recovered", StringComparison.Ordinal));

        Assert.NotEmpty(alone);
        Assert.Equal(alone, after);
    }

    [Fact]
    public void A_stranger_is_scored_as_if_nobody_had_sat_there_before()
    {
        const string First = "63s blinking speed 60; 1.5s shut; 30.5s lids 0.4; 4s shut; 34s lids 0.3; 20s noface speed 3";
        const string Second = "1s open track 1 speed 3; 100s blinking track 1 speed 60; 3s yaw 40 track 1; 1.5s shut track 1; 20s blinking track 1";
        var alone = Scored($"1s noface; {Second}", 1, before: null);
        var after = Scored($"{First}; {Second}", 153, before: 120);
        Assert.True(alone.Count > 120);
        foreach (var (expected, actual) in alone.Zip(after)) Assert.Equal(expected, actual);
    }

    /// <summary>The scores from a second on, with a heart that beats by the second.</summary>
    private static List<string> Scored(string drive, int from, int? before)
    {
        var pipeline = new MonitorPipeline(new());
        var lines = new List<string>();
        foreach (var seen in Drive.Of(drive, 15))
        {
            var second = (int)Math.Floor(seen.At.TotalSeconds - from);
            var rate = second < 0 ? before : 60 + second % 9;
            var beats = seen with { Heart = rate is null ? null : new HeartPacket("strap", rate, StrapContact.Detected, []) };
            if (pipeline.Step(beats).Scores is { } s && seen.At.TotalSeconds > from)
                lines.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{s.Fatigue.P:F6} {s.Fatigue.Confidence:F4} {s.Fatigue.Level} {s.Stress.P:F6} {s.Distraction.P:F6} {s.IsCold} {s.Heart?.BeatsPerMinute:F3}"));
        }

        return lines;
    }

    /// <summary>The lines without their times.</summary>
    private static List<string> Lines(string timeline) =>
        [
            .. timeline
                .Split(", ", StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]),
        ];
}
