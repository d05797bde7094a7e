using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.HeartRate;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>A calm heart for twenty minutes with a skin sensor beside it, and what the stress score makes of the skin.</summary>
public class SkinStories
{
    [Fact]
    public void Skin_that_answers_more_than_usual_raises_stress_and_its_confidence()
    {
        var (without, calm, moved) = (Driven(_ => null), Driven(_ => 6), Driven(Moved));
        Assert.True(calm.Stress.Confidence > without.Stress.Confidence + 0.1, $"{calm.Stress} {without.Stress}");
        Assert.Equal(without.Stress.P, calm.Stress.P, 2);
        Assert.True(moved.Stress.P > calm.Stress.P + 0.3, $"{moved.Stress} {calm.Stress}");
        Assert.Contains("skin_conductance", Cues(moved));
    }

    [Fact]
    public void A_missing_sensor_is_not_calm_skin()
    {
        var without = Driven(_ => null);
        Assert.DoesNotContain("skin_conductance", Cues(without));
        Assert.Contains(
            without.StressWhy.Limits.ToArray(),
            limit => limit is { Cue: "skin_conductance", Reason: MissingReason.NoSkinSensor });
    }

    [Fact]
    public void A_sensor_put_on_just_now_has_nobody_s_normal_to_go_by()
    {
        var late = Driven(second => second > 1120 ? 14 : null);
        Assert.Contains(
            late.StressWhy.Limits.ToArray(),
            limit => limit is { Cue: "skin_conductance", Reason: MissingReason.NoBaseline });
    }

    [Fact]
    public void The_next_drive_begins_with_the_skin_that_was_learned()
    {
        DriverProfile? profile = null;
        Driven(_ => 6, p => profile = p);
        Assert.Equal((6.0, 1), (Math.Round(profile!.SkinConductance!.Median, 3), profile.SkinConductance.Trips));
        Assert.True(profile.IsSound());
    }

    private static double? Moved(double second) => second < 1000 ? 6 : 8 + 0.4 * Math.Max(0, Math.Sin(second * 0.8));

    private static IEnumerable<string> Cues(Scores scores) => scores.StressWhy.Lines.ToArray().Select(line => line.Cue);

    private static Scores Driven(Func<double, double?> skin, Action<DriverProfile?>? end = null)
    {
        var strap = new ScriptedStrap(Series.Waves(1300));
        var pipeline = new MonitorPipeline(new());
        Scores? last = null;
        for (var quarter = 4; quarter <= 4 * 1200; quarter++)
        {
            var second = quarter / 4.0;
            var seen = new Observation(TimeSpan.FromSeconds(second), Vehicle: new(80),
                Heart: quarter % 4 == 0 ? strap.Packet(second) : null,
                Skin: skin(second) is { } level ? new(level, 33, "wrist") : null);
            last = pipeline.Step(seen).Scores ?? last;
        }

        end?.Invoke(pipeline.Profile());
        return last!;
    }
}
