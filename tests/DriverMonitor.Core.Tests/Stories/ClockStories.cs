using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

public class ClockStories
{
    private static readonly DateTimeOffset Evening = new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);

    /// <summary>The clock on the wall is set seven hours ahead in the middle of a drive, as by a time server.</summary>
    [Fact]
    public void A_corrected_clock_changes_what_the_hour_says_and_nothing_else()
    {
        const string Drive = "200s blinking speed 90; 1.7s shut; 60s blinking; 3.2s yaw 40; 60s blinking";
        var (kept, set) = (Driven(Drive, _ => 0), Driven(Drive, second => second < 150 ? 0 : 7));
        Assert.Equal(kept.Timeline, set.Timeline);
        Assert.Equal(kept.Drowsiness, set.Drowsiness);
        Assert.True(set.Kss > kept.Kss + 2, $"{set.Kss} {kept.Kss}");
    }

    [Fact]
    public void Twenty_minutes_asleep_in_the_parked_van_are_a_break_and_no_alarm()
    {
        var pipeline = new MonitorPipeline(new());
        var alerts = Drive.Of("300s blinking speed 90; 10s blinking speed 0; 1200s shut; 30s blinking; 60s blinking speed 90", 15)
            .SelectMany(seen => pipeline.Step(seen).Events).OfType<Core.Events.MonitorEvent.Alert>();
        Assert.Empty(alerts);
        Assert.Equal(1, pipeline.Breaks);
        Assert.InRange(pipeline.Drowsiness.HoursOnTask.Value!.Value, 0.01, 0.02);
    }

    //   name                                         drive                                                          timeline
    public static TheoryData<string, string, string> Jumps => new()
    {
        { "ahead under shut eyes",                    "10s open; 1.2s shut; 1.2s shut clock 100; 4s open",           "111.2 time_jump, 112.4 microsleep 1.2" },
        { "back under shut eyes",                     "60s open; 1.2s shut; 1.2s shut clock -50; 4s open",           "11.2 time_jump, 12.4 microsleep 1.2" },
        { "ahead in a glance",                        "10s open; 2s yaw 40; 2s yaw 40 clock 100; 4s open",           "112.0 time_jump, 114.2 look_away 2.0" },
        { "ahead while an alert stands",              "10s open; 2s shut; 1s open clock 100; 4s open",               "11.5 raised eyes_closed 2, 112.0 cleared eyes_closed 2, 112.0 time_jump" },
        { "back while advice stands",                 "240s blinking speed 80; 1.3s shut; 20s blinking; 30s open clock -200", "241.3 microsleep 1.3, 252.0 raised fatigue 2, 61.3 cleared fatigue 2, 61.3 time_jump" },
        { "ahead while advice stands",                "240s blinking speed 80; 1.3s shut; 20s blinking; 30s open clock 100", "241.3 microsleep 1.3, 252.0 raised fatigue 2, 361.3 cleared fatigue 2, 361.3 time_jump" },
        { "back with a phone in the hand",            "60s open phone 0 speed 50; 2s open phone 0.9; 5s open phone 0.9 clock -50; 9s open phone 0", "12.0 time_jump, 15.0 raised phone 2, 20.0 cleared phone 2" },
        { "ahead while nobody is seen",               "20s open; 5s noface; 5s open track 1 clock 100",              "125.0 time_jump" },
        { "back while nobody is seen",                "90s open; 5s noface; 5s open track 1 clock -80",              "15.0 time_jump" },
    };

    [Theory]
    [MemberData(nameof(Jumps))]
    public void What_was_under_way_when_the_clock_jumped_is_over(string name, string drive, string timeline) =>
        Timeline.Check(name, timeline, Timeline.Without(Timeline.Of(drive), "blink"));

    /// <summary>Where the clock of the recording begins, in whole seconds: scores are taken at them.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(-101)]
    [InlineData(-86_400)]
    [InlineData(9e10)]
    [InlineData(-9e10)]
    public void A_drive_is_judged_alike_wherever_its_clock_begins(double begins)
    {
        const string Trip =
            "60s blinking heart 70 speed 90 gaze 0 0; 1.7s shut; 20s blinking; 3s mouth 0.8; 20s blinking; 4s yaw 40; 40s blinking; " +
            "3s phone 0.9; 60s drowsy; 3.2s shut; 5s noface; 30s blinking sunglasses";
        Assert.Equal(Shifted(Trip, 0), Shifted(Trip, begins));
    }

    private static string Shifted(string script, double seconds)
    {
        var (pipeline, begins, told) = (new MonitorPipeline(new()), TimeSpan.FromSeconds(seconds), new List<string>());
        foreach (var seen in Drive.Of(script, framesPerSecond: 10))
        {
            var outcome = pipeline.Step(seen with { At = seen.At + begins, Skin = new(5, null, "wrist") });
            told.AddRange(outcome.Events.Select(e => FormattableString.Invariant($"{(e.At - begins).TotalSeconds:0.0} {Timeline.Text(e)}")));
        }

        var (last, perclos) = (pipeline.Drowsiness, pipeline.Step(new(TimeSpan.FromSeconds(400) + begins)).Measures.Perclos);
        return FormattableString.Invariant($"{string.Join(", ", told)}; {last.HoursOnTask.Value:0.000} {perclos:0.000}");
    }

    private static (string Timeline, Drowsiness Drowsiness, double Kss) Driven(string script, Func<double, int> hoursAhead)
    {
        var pipeline = new MonitorPipeline(new());
        Scores? last = null;
        var drive = Drive
            .Of(script, 15)
            .Select(seen =>
                seen with
                {
                    Wall = new WallClock(Evening + seen.At + TimeSpan.FromHours(hoursAhead(seen.At.TotalSeconds)), Trusted: true),
                }
            )
            .ToList();
        foreach (var seen in drive)
            last = pipeline.Step(seen).Scores ?? last;
        var kss = Array.Find(last!.FatigueWhy.Lines.ToArray(), line => line.Cue == "time_of_day").Value!.Value;
        return (Timeline.Without(Timeline.Of(drive), "raised", "escalated", "cleared"), pipeline.Drowsiness, kss);
    }
}
