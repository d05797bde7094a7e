using System.Text.Json;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Vectors;
using FsCheck.Xunit;

namespace DriverMonitor.Core.Tests.Scoring;

public class FatigueTests
{
    // The vectors name the cues in the order of the enumeration.
    private static readonly string[] Names =
    [
        "perclos180",
        "perclos60",
        "blinkDurZ",
        "longBlinkPerMin",
        "blinkRateAbsZ",
        "yawns10",
        "nods5",
        "hrvDrowsyZ",
        "tpmKss",
        "timeOnTaskH",
    ];

    public static TheoryData<string> Cases() =>
        [.. Vector.Cases.GetProperty("fatigue").EnumerateArray().Select(c => c.GetProperty("case").GetString()!)];

    [Theory]
    [InlineData(null, 0)]
    [InlineData(600.0, 0)]
    [InlineData(1000.0, 0)]
    [InlineData(1500.0, 0.15)]
    [InlineData(2500.0, 0.3)]
    [InlineData(40000.0, 0.3)]
    public void Stale_air_adds_a_little_and_says_so(double? ppm, double logOdds)
    {
        var (formula, with) = (new FatigueFormula(new()), new Explanation());
        var cues = new FatigueCues { [FatigueCue.Yawns10] = Cue.Of(2) };
        var fresh = formula.Evaluate(cues, new());
        var stale = formula.Evaluate(cues, with, co2Ppm: ppm);

        Assert.Equal(logOdds, stale.LogOdds - fresh.LogOdds, 9);
        Assert.Equal(stale.LogOdds, with.Total, 9);
        Assert.Equal((fresh.Coverage, fresh.IsObserved), (stale.Coverage, stale.IsObserved));
        Assert.Equal(logOdds > 0, with.Lines.ToArray().Any(line => line.Cue == "co2"));
    }

    [Fact]
    public void Stale_air_alone_says_nothing_of_a_driver()
    {
        var (formula, why) = (new FatigueFormula(new()), new Explanation());
        Assert.Equal(formula.Evaluate(default, new()).LogOdds, formula.Evaluate(default, why, co2Ppm: 5000).LogOdds);
        Assert.DoesNotContain(why.Lines.ToArray(), line => line.Cue == "co2");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Worked_examples_are_met(string name)
    {
        var vector = Case(name);
        var why = new Explanation();
        var raw = new FatigueFormula(new()).Evaluate(CuesOf(vector), why);

        Assert.Equal(vector.Number("L")!.Value, raw.LogOdds, 1e-3);
        Assert.Equal(vector.Number("P")!.Value, raw.P, 1e-3);
        Assert.Equal(vector.Number("cov")!.Value, raw.Coverage, 1e-3);
        Assert.Equal(vector.Number("lo")!.Value, raw.Lo, 1e-3);
        Assert.Equal(vector.Number("hi")!.Value, raw.Hi, 1e-3);
        Assert.Equal(raw.LogOdds, why.Total, 1e-12);
        Assert.Equal(FatigueCues.Count, why.Lines.Length + why.Limits.Length);
    }

    [Fact]
    public void The_explanation_of_a_drowsy_drive_shows_capped_parts_that_add_up()
    {
        var why = new Explanation();
        new FatigueFormula(new()).Evaluate(CuesOf(Case("F3")), why);
        var lines = why.Lines.ToArray();

        (string Cue, double LogOdds)[] expected =
        [
            ("perclos180", 1.8433), ("long_blinks", 0.9633), ("blink_duration", 0.9133), ("perclos60", 0.7230), ("yawns", 0.45),
            ("time_of_day", 0.30), ("time_on_task", 0.18), ("blink_rate", 0.0571),
        ];
        Assert.Equal(expected.Select(e => e.Cue), lines[..8].Select(l => l.Cue));
        Assert.Equal(("nods", 0.0), (lines[8].Cue, lines[8].LogOdds));
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i].LogOdds, lines[i].LogOdds, 1e-4);
        Assert.Equal([34, 18, 17], lines[..3].Select(l => (int)Math.Round(100 * why.Share(l))));
        Assert.Equal(5.43, lines.Sum(l => l.LogOdds), 1e-4);
        Assert.Equal("fatigue.perclos180.high", lines[0].SentenceKey("fatigue"));
    }

    [Fact]
    public void A_score_rises_over_ten_seconds()
    {
        double logOdds = -3;
        for (int tick = 1; tick <= 9; tick++)
        {
            logOdds = LogOdds.Approach(logOdds, 3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60));
            Assert.Equal(tick == 9, LogOdds.ToProbability(logOdds) >= 0.60);
        }

        Assert.Equal(0.560582, logOdds, 1e-6);
        double inOne = LogOdds.Approach(-3, 3, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60));
        Assert.Equal(logOdds, inOne, 1e-12);
    }

    public static TheoryData<string, string, string> Drives() => new()
    {
        // name                                       seconds and case                 level and when it began
        { "alert stays without a level",              "300 F1",                        "0 None" },
        { "early signs are watched after a dwell",    "300 F2",                        "0 None, 43 Watch" },
        { "drowsiness climbs the ladder",             "120 F3",                        "0 None, 15 Watch, 18 Warn, 20 Critical" },
        { "nothing seen at night is no judgement",   "1200 F4",                       "0 None, 301 Unknown" },
        { "a lost face holds and is then unknown",    "60 F3, 400 none",               "0 None, 15 Watch, 18 Warn, 20 Critical, 299 Warn, 360 Unknown" },
        { "waking up leaves step by step",            "60 F3, 300 F1",                 "0 None, 15 Watch, 18 Warn, 20 Critical, 82 Warn, 94 Watch, 115 None" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void Levels_follow_the_drive(string name, string drive, string expected)
    {
        var fatigue = new FatigueAssessment(new());
        List<string> seen = [];
        var level = (StateLevel?)null;
        int second = 0;
        foreach (string[] part in drive.Split(", ").Select(p => p.Split(' ')))
            for (int end = second + int.Parse(part[0]); second < end; second++)
            {
                var cues = part[1] == "none" ? default : CuesOf(Case(part[1]));
                var score = fatigue.Step(TimeSpan.FromSeconds(second), in cues, 0.85);
                if (score.Level != level) seen.Add($"{second} {score.Level}");
                level = score.Level;
            }

        Assert.True(expected == string.Join(", ", seen), $"{name}: {string.Join(", ", seen)}");
    }

    public static TheoryData<string, string, int, double> Events() => new()
    {
        { "one microsleep",            "m60",      60,   0.75 },
        { "five minutes after it",     "m60",      360,  0.375 },
        { "two within ten minutes",    "m60 m500", 500,  0.90 },
        { "two farther apart",         "m60 m700", 700,  0.75 },
        { "a sleep",                   "s60",      60,   0.95 },
        { "ten minutes after it",      "s60",      660,  0.475 },
        { "sleep outweighs what came", "m60 s62",  62,   0.95 },
        { "before it",                 "m60",      59,   0.0222 },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void Shut_eyes_hold_the_score_up(string name, string events, int at, double expected)
    {
        var fatigue = new FatigueAssessment(new());
        var alert = CuesOf(Case("F1"));
        StateScore score = default;
        for (int second = 0; second <= at; second++)
        {
            foreach (string e in events.Split(' ').Where(e => int.Parse(e[1..]) == second))
            {
                if (e[0] == 'm') fatigue.AddMicrosleep(TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(1.8));
                else fatigue.AddSleep(TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(4));
            }

            score = fatigue.Step(TimeSpan.FromSeconds(second), in alert, 1);
        }

        Assert.True(Math.Abs(expected - score.P) < (expected < 0.1 ? 0.02 : 1e-9), $"{name}: {score}");
        Assert.True(score.Lo <= score.P && score.P <= score.Hi);
        Assert.Equal(LogOdds.Of(score.P), fatigue.Why.Total, 1e-9);
        Assert.Equal(expected > 0.1, fatigue.Why.Lines[0].Cue == "eyes_closed");
    }

    [Fact]
    public void A_score_around_the_threshold_never_enters_and_once_inside_stays()
    {
        var watch = new LevelHysteresis(new FatigueSettings().Watch);
        for (int second = 0; second < 120; second++)
            Assert.Equal(StateLevel.None, watch.Step(TimeSpan.FromSeconds(second), second % 2 == 0 ? 0.34 : 0.36, 1));

        for (int second = 120; second <= 130; second++) watch.Step(TimeSpan.FromSeconds(second), 0.40, 1);
        Assert.Equal(StateLevel.Watch, watch.Level);
        Assert.Equal(StateLevel.Watch, watch.Step(TimeSpan.FromSeconds(131), 0.30, 1));
        Assert.Equal(StateLevel.None, watch.Step(TimeSpan.FromSeconds(132), 0.24, 1));
    }

    [Fact]
    public void Another_driver_starts_from_nothing()
    {
        var fatigue = new FatigueAssessment(new());
        var cues = CuesOf(Case("F3"));
        for (int second = 0; second < 100; second++) fatigue.Step(TimeSpan.FromSeconds(second), in cues, 1);
        fatigue.AddSleep(TimeSpan.FromSeconds(99), TimeSpan.FromSeconds(4));
        fatigue.Reset();

        var alert = CuesOf(Case("F1"));
        var fresh = new FatigueAssessment(new()).Step(TimeSpan.FromSeconds(100), in alert, 1);
        Assert.Equal(fresh, fatigue.Step(TimeSpan.FromSeconds(100), in alert, 1));
    }

    [Property]
    public void Any_cues_give_a_finite_score_inside_its_interval(double[] values, double[] qualities, int[] closures)
    {
        var fatigue = new FatigueAssessment(new());
        for (int second = 0; second < 20; second++)
        {
            var cues = new FatigueCues();
            for (int i = 0; i < FatigueCues.Count; i++)
                if (i + second < values.Length && i < qualities.Length)
                    cues[(FatigueCue)i] = new(values[i + second], qualities[i], MissingReason.None);
            if (closures.Contains(second)) fatigue.AddMicrosleep(TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(1));

            var score = fatigue.Step(TimeSpan.FromSeconds(second), in cues, 1);
            Assert.InRange(score.P, 0, 1);
            Assert.InRange(score.Confidence, 0, 1);
            Assert.True(score.Lo <= score.P && score.P <= score.Hi, $"{score}");
            Assert.Equal(LogOdds.Of(score.P), fatigue.Why.Total, 1e-9);
        }
    }

    [Property]
    public void More_of_any_cue_never_lowers_fatigue(int start, byte which, byte more)
    {
        var cues = new FatigueCues();
        for (int i = 0; i < FatigueCues.Count; i++)
            cues[(FatigueCue)i] = Cue.Of((start * (i + 3L) % 997 + 997) % 997 / 100.0 - 2);
        var formula = new FatigueFormula(new());
        double before = formula.Evaluate(in cues, new()).P;

        var cue = (FatigueCue)(which % FatigueCues.Count);
        cues[cue] = Cue.Of(cues[cue].Value + more / 50.0);
        Assert.True(formula.Evaluate(in cues, new()).P >= before);
    }

    [Fact]
    public void A_second_costs_no_memory()
    {
        var fatigue = new FatigueAssessment(new());
        var cues = CuesOf(Case("F3"));
        fatigue.AddMicrosleep(TimeSpan.Zero, TimeSpan.FromSeconds(1));
        for (int second = 0; second < 50; second++) fatigue.Step(TimeSpan.FromSeconds(second), in cues, 1);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int second = 50; second < 500; second++) fatigue.Step(TimeSpan.FromSeconds(second), in cues, 1);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void The_clock_predicts_sleepiness(int row)
    {
        var expected = Vector.Cases.GetProperty("tpm")[row];
        var model = ThreeProcessModel.At(expected.Number("awake")!.Value, expected.Number("tod")!.Value);
        Assert.Equal(expected.Number("S")!.Value, model.Awake, 5e-4);
        Assert.Equal(expected.Number("C")!.Value, model.Day, 5e-4);
        Assert.Equal(expected.Number("U")!.Value, model.HalfDay, 5e-4);
        Assert.Equal(expected.Number("W")!.Value, model.Inertia, 5e-4);
        Assert.Equal(expected.Number("kss")!.Value, model.Kss, 5e-4);
    }

    [Fact]
    public void A_clock_nobody_vouches_for_says_nothing()
    {
        var night = new DateTimeOffset(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            MissingReason.ClockUntrusted, FatiguePriors.TimeOfDay(new(), new(night, Trusted: false), UpSince(20)).Reason);
        Assert.Equal(MissingReason.ClockUntrusted, FatiguePriors.TimeOfDay(new(), null, UpSince(20)).Reason);
        Assert.Equal(7.6037, FatiguePriors.TimeOfDay(new(), new(night, Trusted: true), UpSince(20)).Value!.Value, 5e-4);

        var guessed = FatiguePriors.TimeOfDay(new(), new(night, Trusted: true), null);
        Assert.Equal(
            (7.6037, 0.5, MissingReason.SleepUnknown), (Math.Round(guessed.Value!.Value, 4), guessed.Quality, guessed.Reason));
    }

    //          hours awake, hours slept, time of day: KSS
    [Theory]
    [InlineData(8, null, 15, 3.1186)]
    [InlineData(20, null, 3, 7.6037)]
    [InlineData(20, 8.0, 3, 7.6502)]
    [InlineData(20, 5.0, 3, 7.94)]
    [InlineData(8, 5.0, 15, 3.6324)]
    [InlineData(8, 2.0, 15, 4.6585)]
    [InlineData(8, 0.0, 15, 5.3831)]
    [InlineData(8, 14.0, 15, 3.1186)]
    public void Hours_awake_and_slept_are_taken_at_the_driver_s_word(double awake, double? slept, int hour, double kss)
    {
        var said = new SleepReading(TimeSpan.FromHours(awake), slept is { } h ? TimeSpan.FromHours(h) : null);
        var cue = FatiguePriors.TimeOfDay(new(), new(new(2026, 3, 1, hour, 0, 0, TimeSpan.Zero), Trusted: true), said);
        Assert.Equal((kss, 1.0, MissingReason.None), (Math.Round(cue.Value!.Value, 4), cue.Quality, cue.Reason));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(200)]
    public void Nobody_is_awake_for_a_week_or_less_than_nothing(double hours) =>
        Assert.Equal(
            MissingReason.SleepUnknown,
            FatiguePriors.TimeOfDay(new(), new(new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero), true), UpSince(hours)).Reason);

    [Fact]
    public void The_usual_hour_of_waking_can_be_set()
    {
        var shiftWorker = new FatigueSettings { UsualWakingHour = 20 };
        var atFour = new WallClock(new(2026, 3, 1, 4, 0, 0, TimeSpan.Zero), Trusted: true);
        Assert.True(
            FatiguePriors.TimeOfDay(shiftWorker, atFour, null).Value < FatiguePriors.TimeOfDay(new(), atFour, null).Value - 1);
    }

    private static SleepReading UpSince(double hours) => new(TimeSpan.FromHours(hours));

    [Theory]
    [InlineData(0, 3)]
    [InlineData(0.15, 5)]
    [InlineData(0.25, 5.5)]
    [InlineData(0.60, 7)]
    [InlineData(0.95, 9)]
    [InlineData(1, 9)]
    public void A_score_has_a_place_on_the_sleepiness_scale(double p, double kss) =>
        Assert.Equal(kss, SleepinessScale.Equivalent(new(), p), 1e-9);

    internal static JsonElement Case(string name) =>
        Vector.Cases.GetProperty("fatigue").EnumerateArray().Single(c => c.GetProperty("case").GetString() == name);

    internal static FatigueCues CuesOf(JsonElement vector)
    {
        var cues = new FatigueCues();
        for (int i = 0; i < FatigueCues.Count; i++)
            if (vector.GetProperty("cues").Number(Names[i]) is { } value)
                cues[(FatigueCue)i] = Cue.Of(value, vector.GetProperty("q").Number(Names[i])!.Value);
        return cues;
    }
}
