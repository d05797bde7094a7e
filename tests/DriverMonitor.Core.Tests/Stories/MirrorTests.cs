using DriverMonitor.Core.Features;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

public class MirrorTests
{
    //   name                              checks in each minute                            rare in the minute after without any
    public static TheoryData<string, string, double, double, double, bool?> Drivers => new()
    {
        { "checks three times a minute",   "3 3 3 3 3 3 3 3 3 3 3 3", 30, 0, 0.7, true },
        { "three times, but not yet known", "3 3 3 3 3",              30, 0, 0.7, null },
        { "seldom checks at all",          "1 0 0 2 0 1 0 0 1 0 0 0", 30, 0, 0.7, false },
        { "looks down, which is no mirror", "3 3 3 3 3 3 3 3 3 3 3 3", 12, -25, 0.7, false },
        { "looks aside for long",          "3 3 3 3 3 3 3 3 3 3 3 3", 40, 0, 2.5, false },
    };

    [Theory]
    [MemberData(nameof(Drivers))]
    public void Mirrors_are_rare_against_the_driver_s_own_habit(
        string name, string minutes, double yaw, double pitch, double seconds, bool? rare)
    {
        var mirrors = new MirrorChecks();
        var second = 0;
        foreach (var checks in minutes.Split(' ').Select(int.Parse).Append(0))
        {
            for (var i = 0; i < 60; i++, second++)
            {
                var at = TimeSpan.FromSeconds(second);
                if (checks > 0 && i % (60 / checks) == 10)
                    mirrors.Update(new Glance(at - TimeSpan.FromSeconds(seconds), at, yaw, pitch));
                if (second >= 60 && second < 60 * minutes.Split(' ').Length)
                    mirrors.Learn(at);
            }
        }

        Assert.Equal((name, rare), (name, mirrors.AreRare(TimeSpan.FromSeconds(second))));
    }

    [Fact]
    public void A_daydream_is_judged_and_raises_nothing()
    {
        const string Minute = "19.3s blinking gaze 0 0 speed 110; 0.7s gaze 30 0; 19.3s blinking gaze 0 0; 0.7s gaze -30 0; 20s blinking gaze 0 0; ";
        var drive = string.Concat(Enumerable.Repeat(Minute, 14)) + "200s blinking gaze 0 0";
        var pipeline = new MonitorPipeline(new());
        var highest = 0.0;
        foreach (var seen in Drive.Of(drive, 15))
        {
            var outcome = pipeline.Step(seen);
            highest = Math.Max(highest, outcome.Scores?.Daydream.P ?? 0);
            Assert.DoesNotContain(outcome.Events, line => line is Core.Events.MonitorEvent.Alert);
        }

        // Without the mirrors a gaze this narrow gives 0.23.
        Assert.InRange(highest, 0.35, 0.75);
    }
}
