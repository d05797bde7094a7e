using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.HeartRate;
using DriverMonitor.Core.Wire;

namespace DriverMonitor.Core.Tests.Stories;

public class ScoreStories
{
    //   name                         drive                                              state at its end: score, confidence, level
    public static TheoryData<string, string, string> Drives => new()
    {
        { "wide awake",                    "240s blinking speed 80",                          "fatigue 0.09@0.71 None, distraction 0.05@0.85 None" },
        { "nobody seen is not fit",        "100s noface speed 80",                            "fatigue 0.08@0.00 Unknown, distraction 0.05@0.00 Unknown" },
        { "behind sunglasses is not fit",  "240s sunglasses speed 80",                        "fatigue 0.08@0.15 Unknown, distraction 0.05@0.60 None" },
        { "one microsleep",                "240s blinking speed 80; 1.3s shut; 2s blinking",  "fatigue 0.75@0.71 None, distraction 0.05@0.85 None" },
        { "two of them",                   "240s blinking speed 80; 1.3s shut; 60s blinking; 1.3s shut; 2s blinking", "fatigue 0.90@0.71 Warn, distraction 0.05@0.85 None" },
        { "asleep",                        "240s blinking speed 80; 4s shut",                 "fatigue 0.95@0.71 None, distraction 0.05@0.56 None" },
        { "asleep in a parked vehicle",    "240s blinking speed 80; 10s open speed 0; 600s shut; 2s open", "fatigue 0.08@0.21 Unknown, distraction 0.05@0.00 Unknown" },
        { "two seconds away",              "240s blinking speed 80; 2.05s yaw 40",            "fatigue 0.09@0.61 None, distraction 0.79@0.85 Watch" },
        { "three seconds away",            "240s blinking speed 80; 3.05s yaw 40",            "fatigue 0.09@0.61 None, distraction 0.90@0.85 Warn" },
        { "away in a parked vehicle",      "240s blinking speed 80; 10s open speed 0; 20s yaw 40", "fatigue 0.09@0.57 None, distraction 0.05@0.00 Unknown" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_drive_has_its_scores(string name, string drive, string expected)
    {
        var scores = Drive(drive).Last();
        Assert.Equal((name, expected), (name, $"fatigue {Text(scores.Fatigue)}, distraction {Text(scores.Distraction)}"));
    }

    [Fact]
    public void Reasons_add_up_to_the_score_every_second()
    {
        foreach (var scores in Drive("120s blinking speed 80; 1.3s shut; 60s lids 0.6; 4s mouth 0.6; 20s lids 0.4; 2.5s yaw 40; 30s lids 0.1; 60s noface"))
        {
            Assert.Equal(scores.Fatigue.P, LogOdds.ToProbability(scores.FatigueWhy.Total), 9);
            Assert.Equal(scores.Distraction.P, LogOdds.ToProbability(scores.DistractionWhy.Total), 9);
        }
    }

    [Fact]
    public void At_night_the_clock_speaks_if_somebody_vouches_for_it()
    {
        double Night(bool trusted) =>
            Drive("120s blinking", wall: new(new(2026, 1, 10, 4, 0, 0, TimeSpan.Zero), trusted)).Last().Fatigue.P;
        Assert.True(Night(trusted: true) > Night(trusted: false) + 0.01);
    }

    [Fact]
    public void A_heart_much_faster_than_its_own_becomes_a_silent_hint()
    {
        var calm = Series.Waves(1200);
        var strap = new ScriptedStrap([.. calm, .. Series.Waves(400).Select(rr => 640 + (rr - 850) / 3)]);
        var pipeline = new MonitorPipeline(new());
        var alerts = new List<MonitorEvent.Alert>();
        for (var second = 1; second <= 1500; second++)
        {
            var outcome = pipeline.Step(new(TimeSpan.FromSeconds(second), Heart: strap.Packet(second), Vehicle: new(80)));
            alerts.AddRange(outcome.Events.OfType<MonitorEvent.Alert>());
            Assert.Equal(SoundPattern.Silence, outcome.Alert.Sound);
        }

        var hint = Assert.Single(alerts);
        Assert.Equal((AlertRule.Stress, AlertLevel.Notice), (hint.Rule, hint.Level));
        Assert.InRange(hint.At.TotalSeconds, 1230, 1350);
        Assert.Contains(hint.Why, reason => reason.Cue == "heart_rate");
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, true)]
    public void Anger_is_judged_only_where_it_is_wanted_and_seen(bool enabled, bool angry, bool hinted)
    {
        var pipeline = new MonitorPipeline(new() { Anger = new() { Enabled = enabled } });
        var alerts = new List<MonitorEvent.Alert>();
        foreach (var seen in Support.Drive.Of("120s blinking speed 80", 15))
        {
            var late = angry && seen.At > TimeSpan.FromSeconds(90);
            var face = seen.Face!.Value with
            {
                Shape = late ? AngryShape : RestShape,
                Expression = late ? new Expression { Angry = 0.9f } : new Expression { Neutral = 0.9f, Angry = 0.05f },
            };
            alerts.AddRange(pipeline.Step(seen with { Face = face }).Events.OfType<MonitorEvent.Alert>());
        }

        Assert.Equal(hinted, alerts.Any(a => a is { Rule: AlertRule.Anger, Level: AlertLevel.Notice }));
    }

    [Fact]
    public void Acknowledged_advice_is_shown_on_and_no_longer_heard()
    {
        var pipeline = new MonitorPipeline(new());
        var silenced = false;
        foreach (var seen in Support.Drive.Of("240s blinking speed 80; 1.3s shut; 30s blinking", 15))
        {
            var outcome = pipeline.Step(seen with { Acknowledged = seen.At > TimeSpan.FromSeconds(262) });
            silenced |= outcome.Alert is { Rule: AlertRule.Fatigue, Level: AlertLevel.Warning, IsSilenced: true };
            Assert.False(silenced && outcome.Alert.Sound != SoundPattern.Silence);
        }

        Assert.True(silenced);
    }

    [Fact]
    public void A_second_is_one_line_that_says_what_could_not_be_judged()
    {
        var written = new ArrayBufferWriter<byte>();
        using (var lines = new EventLines(written, new("face-mesh@1", "c41a"))) lines.Write(Drive("61s blinking speed 80; 1.3s shut; 2s blinking").Last());
        var line = JsonDocument.Parse(Encoding.UTF8.GetString(written.WrittenSpan)).RootElement;
        Assert.Equal(
            ("score", "face-mesh@1", "c41a"),
            (line.GetProperty("kind").GetString(), line.GetProperty("model").GetString(), line.GetProperty("cfg").GetString()));
        var fatigue = line.GetProperty("fatigue");
        Assert.InRange(fatigue.GetProperty("p").GetDouble(), 0.74, 0.75);
        Assert.True(fatigue.GetProperty("lo").GetDouble() <= fatigue.GetProperty("p").GetDouble());
        Assert.Equal("eyes_closed", fatigue.GetProperty("why")[0].GetProperty("f").GetString());
        Assert.Contains("no_strap", fatigue.GetProperty("limits").EnumerateArray().Select(l => l.GetString()));
        Assert.Equal(JsonValueKind.Null, line.GetProperty("anger").GetProperty("p").ValueKind);
        Assert.Equal("no_consent", line.GetProperty("anger").GetProperty("limits")[0].GetString());
    }

    private static readonly FaceShape RestShape = Shape(0.20, 0.24, 0.09, 0.035, 0.08);

    private static readonly FaceShape AngryShape = Shape(0.14, 0.19, 0.08, 0.015, 0.02);

    private static FaceShape Shape(double brow, double gap, double lids, double lower, double lips) => new()
    {
        InnerBrowHeight = brow, BrowGap = gap, LidGap = lids, LowerLidDrop = lower, NoseWingDrop = 0.4, UpperLipDrop = 0.2,
        MouthCornerLift = 0, MouthWidth = 0.5, ChinDrop = 0.3, LipHeight = lips, LipGap = 0,
    };

    private static IEnumerable<Scores> Drive(string script, WallClock? wall = null)
    {
        var pipeline = new MonitorPipeline(new());
        foreach (var seen in Support.Drive.Of(script, 15))
            if (
                pipeline
                    .Step(seen with { Wall = wall is { } clock ? clock with { Local = clock.Local + seen.At } : null })
                    .Scores is
                { } scores)
                yield return scores;
    }

    private static string Text(in StateScore score) => string.Create(CultureInfo.InvariantCulture, $"{score.P:0.00}@{score.Confidence:0.00} {score.Level}");
}
