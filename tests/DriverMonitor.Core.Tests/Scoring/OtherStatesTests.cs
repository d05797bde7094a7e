using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Tests.Scoring;

public class OtherStatesTests
{
    [Fact]
    public void A_mind_elsewhere_shows_in_the_gaze()
    {
        var cues = new DaydreamCues(Cue.Of(-2), Cue.Of(2), MirrorsAreRare: true, Cue.Of(1));
        Assert.Equal(0.699, DaydreamAssessment.Score(in cues), 1e-3);

        var still = new DaydreamAssessment();
        Assert.Equal(StateLevel.None, still.Step(TimeSpan.Zero, cues, 0).Level);
        Assert.Equal(StateLevel.None, still.Step(TimeSpan.FromSeconds(19), cues, 0).Level);
        Assert.Equal(StateLevel.Watch, still.Step(TimeSpan.FromSeconds(20), cues, 0).Level);
        Assert.Equal(StateLevel.None, still.Step(TimeSpan.FromSeconds(21), cues, fatigue: 0.35).Level);
        Assert.Equal(
            (0.0, MissingReason.NotMeasured),
            (still.Step(TimeSpan.FromSeconds(22), null, 0) is var gone ? gone.Confidence : 1, gone.Limit));
    }

    [Fact]
    public void A_daydream_is_never_sure()
    {
        var all = new DaydreamCues(Cue.Of(-4), Cue.Of(4), MirrorsAreRare: true, Cue.Of(4));
        var score = new DaydreamAssessment().Step(TimeSpan.Zero, all, 0);
        Assert.Equal((0.75, 0.4), (score.P, score.Confidence));
        Assert.True(score.Lo <= score.P && score.P <= score.Hi);
    }

    [Theory]
    [InlineData(0.5, 0.7, 0.7, MixedState.Agitated)]
    [InlineData(0.6, 0.6, 0.0, MixedState.StrainedAndTired)]
    [InlineData(0.6, 0.6, 0.6, MixedState.StrainedAndTired)]
    [InlineData(0.6, 0.5, 0.9, MixedState.None)]
    public void States_that_come_together_have_one_name(double fatigue, double stress, double anger, MixedState expected) =>
        Assert.Equal(expected, MixedStates.Of(fatigue, stress, anger));

    [Theory]
    [InlineData(-2.0, 2.0, 2.0)]
    [InlineData(1.0, 0.0, -0.5)]
    [InlineData(-4.0, 4.0, 2.0)]
    public void The_heart_says_a_little_about_sleep(double rate, double variability, double expected) =>
        Assert.Equal(expected, HrvDrowsiness.Of(Cue.Of(rate), Cue.Of(variability)).Value);

    [Fact]
    public void Half_a_heart_says_nothing_about_sleep() =>
        Assert.Equal(MissingReason.RateOnly, HrvDrowsiness.Of(Cue.Of(1), Cue.Missing(MissingReason.RateOnly)).Reason);

    [Fact]
    public void A_shift_is_kept_as_figures()
    {
        var tally = new ShiftStatistics();
        for (int i = 0; i < 100; i++)
            tally.Add(
                new(
                    i / 100.0,
                    0.8,
                    0,
                    1,
                    i < 60 ? StateLevel.None
                        : i < 90 ? StateLevel.Watch
                        : StateLevel.Warn),
                TimeSpan.FromMinutes(1));
        tally.Add(new(0.9, 0, 0, 1, StateLevel.Unknown), TimeSpan.FromHours(1));
        tally.AddEvent();

        var figures = tally.Figures();
        Assert.Equal(
            (100.0, 30.0, 10.0, 1),
            (figures.Valid.TotalMinutes, figures.Watch.TotalMinutes, figures.Warn.TotalMinutes, figures.Events));
        Assert.Equal((0.49, 0.89), (figures.Median, figures.P90));
        Assert.Equal(0.8, figures.Coverage!.Value, 1e-9);
        Assert.Null(new ShiftStatistics().Figures().Median);
    }

    [Theory]
    [InlineData("10 11 9 10 11 14 14 14 9 10", true)]
    [InlineData("10 11 9 10 11 14 14 10 9 10", false)]
    [InlineData("10 11 9 10 14 14 14 14 14", false)]
    public void Three_high_shifts_of_five_are_unusual(string shifts, bool unusual) =>
        Assert.Equal(unusual, ShiftTrend.Of([.. shifts.Split(' ').Select(double.Parse)])!.Value.IsUnusual);

    [Fact]
    public void The_trend_gives_the_newest_shift_a_fifth()
    {
        Assert.Equal(12, ShiftTrend.Of([10, 20])!.Value.Smoothed);
        Assert.Null(ShiftTrend.Of([]));
    }

    [Fact]
    public void An_evidence_curve_that_falls_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new EvidenceCurve((0, 0), (1, -1)));
        Assert.Throws<ArgumentException>(() => new EvidenceCurve((1, 0), (1, 1)));
    }
}
