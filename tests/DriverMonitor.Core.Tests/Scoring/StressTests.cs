using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Vectors;
using FsCheck.Xunit;

namespace DriverMonitor.Core.Tests.Scoring;

public class StressTests
{
    public static TheoryData<string> Cases() =>
        [.. Vector.Cases.GetProperty("stress").EnumerateArray().Select(c => c.GetProperty("case").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Worked_examples_are_met(string name)
    {
        var vector = Vector.Cases.GetProperty("stress").EnumerateArray().Single(c => c.GetProperty("case").GetString() == name);
        var why = new Explanation();
        var raw = new StressFormula(new()).Evaluate(CuesOf(name), why);

        Assert.Equal(vector.Number("L")!.Value, raw.LogOdds, 1e-3);
        Assert.Equal(vector.Number("P")!.Value, raw.P, 1e-3);
        Assert.Equal(raw.LogOdds, why.Total, 1e-12);
        double heart = why.Lines.ToArray().Where(l => l.Cue != "face").Sum(l => l.LogOdds) / new StressSettings().Gain;
        Assert.Equal(vector.Number("A")!.Value, heart, 1e-3);
    }

    [Theory]
    [InlineData("S4", 0.8)]
    [InlineData("S5", 0.4)]
    public void Confidence_follows_what_the_score_rests_on(string name, double expected) =>
        Assert.Equal(expected, new StressFormula(new()).Confidence(CuesOf(name)), 1e-9);

    [Fact]
    public void A_face_alone_is_hardly_believed_and_nothing_at_all_not_at_all()
    {
        var formula = new StressFormula(new());
        Assert.Equal(0.25, formula.Confidence(new() { Face = Cue.Of(1) }));
        Assert.Equal(0, formula.Confidence(default));
    }

    [Fact]
    public void A_rate_alone_never_passes_its_cap()
    {
        var stress = new StressAssessment(new());
        var racing = new StressCues { HeartRateZ = Cue.Of(4), Face = Cue.Of(1) };
        StateScore score = default;
        for (int second = 0; second < 300; second++)
            score = stress.Step(TimeSpan.FromSeconds(second), in racing, 1, exerted: false);

        Assert.Equal(0.70, score.P, 1e-9);
        Assert.True(score.Lo <= score.P && score.P <= score.Hi);
        Assert.Equal(LogOdds.Of(score.P), stress.Why.Total, 1e-9);
    }

    [Fact]
    public void While_the_body_works_the_score_stands_still_without_confidence()
    {
        var stress = new StressAssessment(new());
        var high = CuesOf("S4");
        var before = stress.Step(TimeSpan.Zero, in high, 1, exerted: false);
        var during = stress.Step(TimeSpan.FromSeconds(60), in high, 1, exerted: true);

        Assert.Equal((before.P, 0.0, MissingReason.ArousalNotAttributable), (during.P, during.Confidence, during.Limit));
        Assert.True(stress.Step(TimeSpan.FromSeconds(120), in high, 1, exerted: false).P > before.P);
    }

    [Fact]
    public void High_arousal_is_shown_after_half_a_minute_and_leaves_past_its_hysteresis()
    {
        var stress = new StressAssessment(new());
        var (high, calm) = (CuesOf("S4"), CuesOf("S2"));
        var level = StateLevel.None;
        List<string> seen = [];
        for (int second = 0; second < 400; second++)
        {
            var now = stress.Step(TimeSpan.FromSeconds(second), second < 200 ? high : calm, 1, exerted: false).Level;
            if (now != level) seen.Add($"{second} {now}");
            level = now;
        }

        Assert.Equal(["51 Watch", "81 Warn", "218 Watch", "246 None"], seen);
    }

    [Theory]
    [InlineData("0:80 179:80", true)]
    [InlineData("0:80 180:80", false)]
    [InlineData("0:80 300:0", true)]
    [InlineData("0:80 300:0 310:50 489:50", true)]
    [InlineData("0:80 300:0 310:50 490:50", false)]
    [InlineData("0:? 200:?", false)]
    public void Setting_off_and_standing_close_the_gate(string speeds, bool exerted)
    {
        var gate = new ExertionGate(new());
        bool now = false;
        foreach (string[] part in speeds.Split(' ').Select(s => s.Split(':')))
            now = gate.Step(TimeSpan.FromSeconds(int.Parse(part[0])), part[1] == "?" ? null : double.Parse(part[1]));
        Assert.Equal(exerted, now);
    }

    [Theory]
    [InlineData(12.0, false, false, false)]
    [InlineData(12.1, false, false, true)]
    [InlineData(null, true, false, true)]
    [InlineData(null, false, true, true)]
    public void Work_motion_and_speech_close_it_too(double? energy, bool moves, bool speaks, bool exerted)
    {
        var gate = new ExertionGate(new());
        gate.Step(TimeSpan.Zero, 80);
        Assert.Equal(exerted, gate.Step(TimeSpan.FromSeconds(600), 80, energy, moves, speaks));
    }

    [Theory]
    [InlineData(2, 0.5, 0.5, 1, 0.675)]
    [InlineData(-4, 0, 0, -4, 0)]
    [InlineData(4, 1, 1, 4, 1)]
    [InlineData(0, -0.5, -1, 0, 0)]
    public void A_face_says_little_about_stress(double blinks, double brow, double lips, double motion, double expected) =>
        Assert.Equal(expected, FaceStress.Of(blinks, brow, lips, motion), 1e-9);

    [Property]
    public void Any_cues_give_a_finite_score_inside_its_interval(double[] z, double[] q, bool exerted)
    {
        var stress = new StressAssessment(new());
        Cue At(int i) => i < z.Length && i < q.Length ? new(z[i] % 5, q[i], MissingReason.None) : default;
        var cues = new StressCues
        {
            HeartRateZ = At(0),
            LnRmssdZ = At(1),
            SqrtStressIndexZ = At(2),
            SkinConductanceZ = At(3),
            Face = At(4),
        };
        for (int second = 0; second < 10; second++)
        {
            var score = stress.Step(TimeSpan.FromSeconds(10 * second), in cues, 1, exerted);
            Assert.InRange(score.P, 0, 1);
            Assert.InRange(score.Confidence, 0, 1);
            Assert.True(score.Lo <= score.P && score.P <= score.Hi, $"{score}");
        }
    }

    private static StressCues CuesOf(string name)
    {
        var args = Vector
            .Cases.GetProperty("stress")
            .EnumerateArray()
            .Single(c => c.GetProperty("case").GetString() == name)
            .GetProperty("args");
        return new()
        {
            HeartRateZ = Cue.Of(args.Number("zHR")),
            LnRmssdZ = Cue.Of(args.Number("zR")),
            SqrtStressIndexZ = Cue.Of(args.Number("zSI")),
            Face = Cue.Of(args.Number("face"), args.Number("qf") ?? 1),
        };
    }
}
