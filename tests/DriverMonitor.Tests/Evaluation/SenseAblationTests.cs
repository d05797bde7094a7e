using DriverMonitor.Core;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Core.Tests.Support;
using DriverMonitor.Evaluation;

namespace DriverMonitor.Tests.Evaluation;

/// <summary>Each state with and without each sense: what the senses add to one another.</summary>
public sealed class SenseAblationTests
{
    private const string Usual = "400s blinking smile 0 angry 0.05 heart 70 speed 90 chatter; ",
        Strained = "200s drowsy smile 0 angry 0.05 heart 84 chatter";

    [Fact]
    public void A_state_is_told_with_all_senses_and_without_each()
    {
        var figures = Judge(Usual + Strained, "400s talk 4; 200s talk 2 spread 1 pauses 0.4");
        Assert.Equal(["camera", "heart", "voice"], figures.Select(one => one.Sense));
        var (camera, heart, voice) = (figures[0], figures[1], figures[2]);
        const int Fatigue = 0;

        // Without the face nobody knows who is tired.
        Assert.True(camera.Without.Seconds(Fatigue) < camera.With.Seconds(Fatigue), Text(camera));
        Assert.Equal(0, camera.Without.StrainedAndTired);
        Assert.NotEqual(heart.With.Mean(Fatigue), heart.Without.Mean(Fatigue));
        Assert.True(voice.Without.Mean(Fatigue) < voice.With.Mean(Fatigue), Text(voice));
        Assert.Equal(voice.With.Seconds(Fatigue), voice.Without.Seconds(Fatigue));

        static string Text(SenseFigures one) => string.Join(
            ", ", Enumerable.Range(0, StateTally.Names.Count).Select(i =>
                $"{StateTally.Names[i]} {one.With.Mean(i)} ({one.With.Seconds(i)} s) -> {one.Without.Mean(i)} ({one.Without.Seconds(i)} s)"));
    }

    [Fact]
    public void A_sense_that_is_not_there_is_not_taken_away()
    {
        Assert.Empty(Judge("60s blinking speed 90", null));
        Assert.Equal(["camera", "heart"], Judge("60s blinking heart 70 speed 90", null).Select(one => one.Sense));
    }

    [Fact]
    public void Without_a_sense_the_drive_is_judged_as_if_it_had_never_been_allowed()
    {
        var less = new SenseAblation(new());
        Run(Drive.Of(Usual + Strained, 10), less);
        var withoutHeart = less.Without.Single(one => one.Sense == "heart").Found.Seconds;
        var (pipeline, collector) = (new MonitorPipeline(new()), new DriveCollector());
        foreach (var seen in Drive.Of(Usual + Strained, 10).Select(seen => seen with { Heart = null }))
            collector.Emit(seen, pipeline.Step(seen));
        Assert.Equal(collector.Seconds.Select(second => second.Fatigue), withoutHeart.Select(second => second.Fatigue));
    }

    private static IReadOnlyList<SenseFigures> Judge(string drive, string? heard)
    {
        var less = new SenseAblation(new());
        var seen = Drive.Of(drive, 10);
        var collector = Run(heard is null ? seen : seen.With(heard), less);
        var item = new EvaluationItem { Name = "drive", Kind = InputKind.Recording, Path = "x", Subject = "s" };
        return SenseFigures.All([DriveComparison.Compare(item, collector, less)]);
    }

    private static DriveCollector Run(IEnumerable<Observation> drive, SenseAblation less)
    {
        var (pipeline, collector) = (new MonitorPipeline(new()), new DriveCollector());
        foreach (var seen in drive)
        {
            var outcome = pipeline.Step(seen);
            collector.Emit(seen, outcome);
            less.Emit(seen, outcome);
        }

        return collector;
    }
}
