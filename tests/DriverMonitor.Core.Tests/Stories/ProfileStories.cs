using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

public class ProfileStories
{
    /// <summary>A glass eye stands open for ever: with both eyes looked at its owner could fall asleep unseen.</summary>
    [Theory]
    [InlineData(SeeingEye.Both, "")]
    [InlineData(SeeingEye.PictureLeft, "21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 24.0 cleared eyes_closed 2")]
    [InlineData(SeeingEye.PictureRight, "")]
    public void A_driver_with_one_eye_is_judged_by_it(SeeingEye eye, string timeline)
    {
        var pipeline = new MonitorPipeline(new(), profile: new DriverProfile { SeeingEye = eye });
        var told = Drive.Of("20s open speed 60; 2s lid 0 1; 5s open").SelectMany(seen => pipeline.Step(seen).Events);
        Assert.Equal(timeline, string.Join(", ", told.Select(line => FormattableString.Invariant($"{line.At.TotalSeconds:0.0} {Timeline.Text(line)}"))));
        Assert.Equal(eye, pipeline.Profile()!.SeeingEye);
    }

    [Fact]
    public void A_heart_that_says_nothing_of_its_driver_is_shown_and_not_judged_by()
    {
        var pipeline = new MonitorPipeline(new(), profile: new DriverProfile { HeartSaysNothing = true });
        DriverMonitor.Core.Scoring.Scores? last = null;
        foreach (var seen in Drive.Of("400s open speed 60 heart 70; 100s open heart 120", 10)) last = pipeline.Step(seen).Scores ?? last;
        Assert.InRange(last!.Heart!.Value.BeatsPerMinute!.Value, 110, 130);
        Assert.DoesNotContain(last.StressWhy.Lines.ToArray(), line => line.Cue == "heart_rate");
    }

    [Fact]
    public void A_drive_teaches_what_is_normal_and_the_next_one_begins_with_it()
    {
        var first = After("1200s blinking speed 80", null);
        Assert.Equal(Drive.OpenAperture, first!.LeftEyeOpen!.Value, 2);
        Assert.Equal(1, first.LnBlinkDuration!.Trips);
        Assert.Null(first.Heart);
        Assert.Single(first.Shifts);

        var third = After("1800s blinking speed 80", After("1800s blinking speed 80", first));
        Assert.Equal((3, 3), (third!.LnBlinkDuration!.Trips, third.Shifts.Length));
        Assert.InRange(third.LnBlinkDuration.ValidMinutes, 60, 80);

        var pipeline = new MonitorPipeline(new(), profile: third);
        foreach (var seen in Drive.Of("120s blinking speed 80", 15)) pipeline.Step(seen);
        Assert.False(pipeline.Step(Drive.Of("1s open", 15).First() with { At = TimeSpan.FromSeconds(121) }).Scores!.IsCold);
    }

    [Fact]
    public void Lids_that_hang_from_the_first_minute_are_measured_against_the_stored_eye()
    {
        const string Drooping = "120s lids 0.15 speed 80";
        var known = Last(Drooping, After("300s blinking speed 80", null));
        var stranger = Last(Drooping, null);
        Assert.True(known.Measures.Perclos > 0.9, $"{known.Measures} {stranger.Measures}");
        Assert.True(known.Measures.Closure > stranger.Measures.Closure - 1e-9);
    }

    [Fact]
    public void What_looks_tired_is_not_learned()
    {
        var profile = After("60s blinking speed 80; 4s shut; 30s lids 0.3; 4s shut; 200s lids 0.3", null);
        Assert.Null(profile!.LnBlinkDuration);
        Assert.Empty(profile.Shifts);
    }

    [Fact]
    public void A_stranger_is_never_kept_in_the_drivers_place() =>
        Assert.Null(After("300s blinking speed 80; 20s open speed 0; 40s noface; 300s blinking track 1", null));

    [Fact]
    public void A_file_may_say_anything()
    {
        Assert.True(new DriverProfile().IsSound());
        Assert.False(new DriverProfile { LeftEyeOpen = -1 }.IsSound());
        Assert.False(new DriverProfile { BlinkRate = new(double.NaN, 1, 1, 1) }.IsSound());
    }

    private static DriverProfile? After(string drive, DriverProfile? before)
    {
        var pipeline = new MonitorPipeline(new(), profile: before);
        foreach (var seen in Drive.Of(drive, 15)) pipeline.Step(seen);
        return pipeline.Profile();
    }

    private static Outcome Last(string drive, DriverProfile? before)
    {
        var pipeline = new MonitorPipeline(new(), profile: before);
        Outcome last = default;
        foreach (var seen in Drive.Of(drive, 15)) last = pipeline.Step(seen);
        return last;
    }
}
