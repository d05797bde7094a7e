using System.Text.Json;
using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Vectors;
using FsCheck.Xunit;

namespace DriverMonitor.Core.Tests.Scoring;

public class AngerTests
{
    public static TheoryData<string> Cases() =>
        [.. Vector.Cases.GetProperty("anger").EnumerateArray().Select(c => c.GetProperty("case").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Worked_examples_are_met(string name)
    {
        var vector = Case(name);
        var face = FaceOf(vector);
        var why = new Explanation();
        var evidence = AngerEvidence.Of(new(), in face);
        var raw = new AngerFormula(new()).Evaluate(evidence, HeartOf(vector), 0, why);
        double p = HeartOf(vector).IsPresent ? raw.P : Math.Min(raw.P, new AngerSettings().CapWithoutHeart);

        Assert.Equal(vector.Number("T")!.Value, AngerEvidence.OfMovements(new(), in face).Face, 1e-3);
        Assert.Equal(vector.Number("f")!.Value, evidence.Face, 1e-3);
        Assert.Equal(vector.Number("L")!.Value, raw.LogOdds, 1e-3);
        Assert.Equal(vector.Number("P")!.Value, p, 1e-3);
        Assert.Equal(raw.LogOdds, why.Total, 1e-12);
    }

    [Fact]
    public void A_laugh_and_tired_eyes_are_held_against_it()
    {
        var angry = FaceOf(Case("A4")) with { AngryProbability = null };
        var laughing = angry with { Units = angry.Units!.Value with { Smiling = 0.4 } };
        Assert.Equal(0.3 * AngerEvidence.Of(new(), in angry).Face, AngerEvidence.Of(new(), in laughing).Face, 1e-12);

        var formula = new AngerFormula(new());
        double awake = formula.Evaluate(AngerEvidence.Of(new(), in angry), default, 0.59, new()).LogOdds - formula.Base;
        double tired = formula.Evaluate(AngerEvidence.Of(new(), in angry), default, 0.60, new()).LogOdds - formula.Base;
        Assert.Equal(awake / 2, tired, 1e-12);
    }

    public static TheoryData<string, string, string> Scenes() => new()
    {
        // name                                 seconds, face, z of the heart rate      score's level and when it began
        { "a quarrel is an episode",            "10 A1 0, 20 A4 2, 40 A1 0",            "0 None, 14 Watch, 51 None" },
        { "a grimace is not",                   "10 A1 0, 1 A4 2, 40 A1 0",             "0 None" },
        { "sun in the face is not",             "120 A2 0",                             "0 None" },
        { "a resting angry face is not",        "120 A7 0",                             "0 None" },
        { "a lost face ends it",                "10 A1 0, 20 A4 2, 10 - 2",             "0 None, 14 Watch, 33 None" },
    };

    [Theory]
    [MemberData(nameof(Scenes))]
    public void Only_an_episode_is_shown(string name, string scene, string expected)
    {
        var anger = new AngerAssessment(new());
        List<string> seen = [];
        var level = (StateLevel?)null;
        int second = 0;
        foreach (string[] part in scene.Split(", ").Select(p => p.Split(' ')))
            for (int end = second + int.Parse(part[0]); second < end; second++)
            {
                for (int frame = 1; part[1] != "-" && frame <= 15; frame++)
                    anger.Observe(TimeSpan.FromSeconds(second - 1 + frame / 15.0), FaceOf(Case(part[1])));
                var score = anger.Step(TimeSpan.FromSeconds(second), Cue.Of(double.Parse(part[2])), 0, 0.85);
                Assert.Equal(LogOdds.Of(score.P), anger.Why.Total, 1e-9);
                if (score.Level != level) seen.Add($"{second} {score.Level}");
                level = score.Level;
            }

        Assert.True(expected == string.Join(", ", seen), $"{name}: {string.Join(", ", seen)}");
    }

    [Fact]
    public void Without_a_heart_the_score_ends_at_its_cap()
    {
        var anger = new AngerAssessment(new());
        StateScore score = default;
        for (int second = 1; second <= 30; second++)
        {
            anger.Observe(TimeSpan.FromSeconds(second), FaceOf(Case("A5")));
            score = anger.Step(TimeSpan.FromSeconds(second), Cue.Missing(MissingReason.NoStrap), 0, 1);
        }

        Assert.Equal((0.70, 0.4), (Math.Round(score.P, 9), score.Confidence));
        Assert.Equal(MissingReason.NoStrap, anger.Why.Limits[0].Reason);
    }

    public static TheoryData<string, Func<double, double?>, double> Mouths() => new()
    {
        { "closed", _ => 0.01, 0 },
        { "talking", t => 0.08 + 0.06 * Math.Sin(2 * Math.PI * 3 * t), 1 },
        { "mumbling below the noise", t => 0.02 + 0.008 * Math.Sin(2 * Math.PI * 3 * t), 0 },
        { "a yawn", t => 0.4 * Math.Sin(Math.PI * Math.Min(1, t / 5)), 0 },
        { "not seen", _ => null, 0 },
        { "talked and stopped", t => t < 2 ? 0.08 + 0.06 * Math.Sin(2 * Math.PI * 3 * t) : 0.01, 0 },
    };

    [Theory]
    [MemberData(nameof(Mouths))]
    public void Speech_is_a_mouth_that_opens_and_closes(string name, Func<double, double?> mouth, double expected)
    {
        foreach (int fps in new[] { 10, 15, 30 })
        {
            var speech = new SpeechMeter();
            for (int frame = 0; frame <= 5 * fps; frame++)
                speech.Add(TimeSpan.FromSeconds((double)frame / fps), mouth((double)frame / fps));
            Assert.True(
                speech.Level(TimeSpan.FromSeconds(5)) == expected, $"{name} at {fps}: {speech.Level(TimeSpan.FromSeconds(5))}");
        }
    }

    [Fact]
    public void It_is_off_until_someone_agrees() => Assert.False(new AngerSettings().Enabled);

    [Property]
    public void Any_face_gives_a_finite_score_inside_its_interval(double[] v, bool glare)
    {
        double At(int i) => i < v.Length && double.IsFinite(v[i]) ? Math.Abs(v[i] % 1) : 0;
        var units = new ActionUnits
        {
            BrowLowering = At(0),
            LidTightening = At(1),
            LipPressing = At(2),
            ChinRaising = At(3),
            Smiling = At(4),
        };
        var anger = new AngerAssessment(new());
        for (int second = 1; second < 10; second++)
        {
            anger.Observe(TimeSpan.FromSeconds(second), new(units, v.Length > 5 ? v[5] : null, 0.05, At(6), glare, At(7)));
            var score = anger.Step(TimeSpan.FromSeconds(second), Cue.Of(v.Length > 8 ? v[8] : null), At(9), 1);
            Assert.InRange(score.P, 0, 1);
            Assert.True(score.Lo <= score.P && score.P <= score.Hi, $"{score}");
        }
    }

    [Fact]
    public void A_frame_and_a_second_cost_no_memory()
    {
        var anger = new AngerAssessment(new());
        var face = FaceOf(Case("A4"));
        for (int second = 1; second < 50; second++) Second(second);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int second = 50; second < 200; second++) Second(second);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Second(int second)
        {
            for (int frame = 0; frame < 30; frame++) anger.Observe(TimeSpan.FromSeconds(second + frame / 30.0), in face);
            anger.Step(TimeSpan.FromSeconds(second + 1), Cue.Of(1), 0, 1);
        }
    }

    private static JsonElement Case(string name) =>
        Vector.Cases.GetProperty("anger").EnumerateArray().Single(c => c.GetProperty("case").GetString() == name);

    private static Cue HeartOf(JsonElement vector) => Cue.Of(vector.GetProperty("opt").Number("zHR"));

    private static AngerFace FaceOf(JsonElement vector)
    {
        var (au, options) = (vector.GetProperty("au"), vector.GetProperty("opt"));
        double Unit(string number) => au.Number(number) ?? 0;
        var units = new ActionUnits
        {
            BrowLowering = Unit("4"),
            LidRaising = Unit("5"),
            LidTightening = Unit("7"),
            NoseWrinkling = Unit("9"),
            UpperLipRaising = Unit("10"),
            Smiling = Unit("12"),
            ChinRaising = Unit("17"),
            LipPressing = Math.Max(Unit("23"), Unit("24")),
        };
        return new(
            units,
            options.Number("pcls"),
            options.Number("pmed") ?? 0.05,
            options.Number("speak") ?? 0,
            options.Number("glare") is > 0);
    }
}
