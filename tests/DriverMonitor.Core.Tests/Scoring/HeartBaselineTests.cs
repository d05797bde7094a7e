using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.HeartRate;

namespace DriverMonitor.Core.Tests.Scoring;

public class HeartBaselineTests
{
    private static readonly BaselineSettings Settings = new();

    [Fact]
    public void A_calm_drive_becomes_normal_and_a_fast_heart_then_stands_out()
    {
        var (watch, heart, stress) = (new HeartRateAnalyzer(new()), new HeartBaseline(Settings), new StressAssessment(new()));
        var calm = new ScriptedStrap(Series.Waves(1200));
        double known = 0;
        for (int second = 1; second <= 1200; second++)
        {
            watch.Add(At(second), calm.Packet(second));
            var now = watch.Step(At(second));
            heart.Learn(At(second), in now, may: true);
            if (second == 400) known = heart.Calibration;
            stress.Step(At(second), StressCues.Of(heart, in now, default), heart.Calibration, exerted: false);
        }

        Assert.Equal((0.6, 0.85), (known, heart.Calibration));

        // The same heart, a fifth faster and half as variable.
        var worried = new ScriptedStrap([.. Series.Waves(400).Select(rr => 680 + (rr - 850) / 2)]);
        StateScore score = default;
        for (int second = 1201; second <= 1400; second++)
        {
            watch.Add(At(second), worried.Packet(second - 1200));
            var now = watch.Step(At(second));
            score = stress.Step(At(second), StressCues.Of(heart, in now, default), heart.Calibration, exerted: false);
        }

        Assert.True(score is { P: > 0.8, Level: StateLevel.Warn, Confidence: > 0.4 }, $"{score}");
        Assert.Equal(["heart_rate", "hrv"], stress.Why.Lines[..2].ToArray().Select(l => l.Cue));
    }

    [Fact]
    public void The_first_two_minutes_and_what_may_not_be_learned_are_not()
    {
        var heart = new HeartBaseline(Settings);
        var racing = new HeartFeatures
        {
            BeatsPerMinute = 120,
            RateTrust = 1,
            Source = HeartSource.Rate,
            Reason = HeartReason.RateOnly,
        };
        for (int second = 0; second < 120; second++)
            heart.Learn(At(second), in racing, may: true);
        for (int second = 120; second < 600; second++)
            heart.Learn(At(second), in racing, may: false);
        Assert.Equal((4.0, 0.0), (heart.HeartRateZ(in racing).Value, heart.ToProfile().HeartRate.ValidMinutes));

        heart.Learn(At(600), in racing, may: true);
        Assert.True(heart.ToProfile().HeartRate is { ValidMinutes: > 0, Trips: 1, Median: > 72 });
    }

    [Fact]
    public void What_a_sensor_cannot_say_is_missing_with_its_reason()
    {
        var heart = new HeartBaseline(Settings);
        var rateOnly = new HeartFeatures
        {
            BeatsPerMinute = 80,
            RateTrust = 1,
            Source = HeartSource.Rate,
            Reason = HeartReason.RateOnly,
        };
        var cues = StressCues.Of(heart, in rateOnly, default);
        Assert.Equal((0.8, MissingReason.RateOnly), (cues.HeartRateZ.Value, cues.LnRmssdZ.Reason));
        Assert.Equal(MissingReason.RateOnly, heart.Drowsiness(in rateOnly).Reason);

        var none = new HeartFeatures { Reason = HeartReason.NoLink, Contact = StrapContact.NotSupported };
        Assert.Equal(StressTier.None, StressFormula.TierOf(StressCues.Of(heart, in none, default)));
        Assert.Equal(MissingReason.NoStrap, heart.HeartRateZ(in none).Reason);
    }

    private static TimeSpan At(int seconds) => TimeSpan.FromSeconds(seconds);
}
