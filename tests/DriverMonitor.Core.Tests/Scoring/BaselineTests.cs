using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Tests.Scoring;

public class BaselineTests
{
    private static readonly BaselineSettings Settings = new();

    [Fact]
    public void Middle_and_spread_ignore_wild_values()
    {
        var scale = RobustScale.OfInPlace([70, 72, 71, 69, 73, 70, 72, 75, 71, 70]);
        Assert.Equal((71.0, 1.4826), (scale.Median, scale.Spread));
        Assert.Equal(3.6, scale.Z(80, floor: 2.5, largest: 4), 1e-12);
        Assert.Equal(-4, scale.Z(0, floor: 2.5, largest: 4));
        Assert.Equal(1.5, RobustScale.OfInPlace([1, 2]).Median);
    }

    [Fact]
    public void A_person_is_first_judged_by_the_population_then_by_the_drive()
    {
        var norm = new PersonalBaseline(
            Settings, PopulationBaselines.HeartRate, Settings.HeartRateFloor, Settings.HeartWarmAfter);
        Assert.Equal((1.0, 0.6), (norm.Z(82), norm.Calibration));

        for (int second = 0; second < 600; second++) norm.Learn(TimeSpan.FromSeconds(second), 60 + second % 3);
        Assert.Equal(0.85, norm.Calibration);
        Assert.Equal(10, norm.Valid.TotalMinutes, 0.1);

        // Ten minutes of this drive weigh as much as what was there before.
        Assert.Equal((61 + 72) / 2.0, norm.Scale.Median, 0.2);
    }

    [Fact]
    public void A_stored_profile_makes_the_person_known_at_once()
    {
        var norm = new PersonalBaseline(
            Settings, PopulationBaselines.HeartRate, Settings.HeartRateFloor, Settings.HeartWarmAfter, new(58, 4, 90, 3));
        Assert.Equal((1.0, 2.0), (norm.Calibration, norm.Z(66)));
        Assert.Equal(
            0.6,
            new PersonalBaseline(
                Settings, PopulationBaselines.HeartRate, 2.5, Settings.HeartWarmAfter, new(58, 4, 90, 2)
            ).Calibration);

        for (int second = 0; second <= 1800; second += 5) norm.Learn(TimeSpan.FromSeconds(second), 70);
        Assert.Equal((30 * 70 + 10 * 58) / 40.0, norm.Scale.Median, 0.1);
        var profile = norm.ToProfile();
        Assert.Equal((4, 120), (profile.Trips, (int)Math.Round(profile.ValidMinutes)));
    }

    [Theory]
    [InlineData(0.1, 0.1, false, 0.9, true)]
    [InlineData(0.3, 0.1, false, 0.9, false)]
    [InlineData(0.1, 0.4, false, 0.9, false)]
    [InlineData(0.1, 0.1, true, 0.9, false)]
    [InlineData(0.1, 0.1, false, 0.69, false)]
    public void Tiredness_is_never_learned_as_normal(double fatigue, double stress, bool open, double quality, bool may) =>
        Assert.Equal(may, PersonalBaseline.MayLearn(Settings, fatigue, stress, open, quality));

    [Theory]
    [InlineData(3, 9, false)]
    [InlineData(3, 10, true)]
    [InlineData(6, 0, true)]
    [InlineData(null, 0, true)]
    public void The_first_minutes_of_the_night_are_not_kept(int? hour, int minutes, bool may) =>
        Assert.Equal(
            may,
            PersonalBaseline.MayKeep(
                hour is { } h ? new(2026, 3, 1, h, 0, 0, TimeSpan.Zero) : null, TimeSpan.FromMinutes(minutes)));

    [Fact]
    public void A_missing_value_has_no_distance()
    {
        var norm = new PersonalBaseline(Settings, PopulationBaselines.LnRmssd, Settings.LnRmssdFloor, Settings.HeartWarmAfter);
        Assert.Equal(MissingReason.RateOnly, norm.Z(Cue.Missing(MissingReason.RateOnly)).Reason);
        norm.Learn(TimeSpan.Zero, double.NaN);
        Assert.Equal(TimeSpan.Zero, norm.Valid);
    }

    [Theory]
    [InlineData(0, 1.0, 1.0)]
    [InlineData(5, 1.0, 0.5)]
    [InlineData(10, 0.8, 0.2)]
    [InlineData(20, 1.0, 0.0)]
    public void Belief_in_an_old_value_fades(double age, double quality, double expected)
    {
        var cue = Cue.Of(1, quality).Aged(TimeSpan.FromSeconds(age), HalfLives.Eye);
        Assert.Equal(expected, cue.Belief, 1e-12);
        Assert.Equal(expected > 0 ? MissingReason.None : MissingReason.Stale, cue.Reason);
    }

    [Theory]
    [InlineData(double.NaN, 1.0)]
    [InlineData(double.PositiveInfinity, 1.0)]
    [InlineData(1.0, double.NaN)]
    [InlineData(1.0, -1.0)]
    public void A_cue_that_is_no_number_says_nothing(double value, double quality)
    {
        Assert.Equal(0, Cue.Of(value, quality).Belief);
        Assert.Equal(0, new Cue(value, quality, MissingReason.None).Belief);
    }
}
