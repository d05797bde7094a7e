using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>Whatever comes in, what goes out is finite, in order and in range.</summary>
public class AnyInputTests
{
    /// <summary>Numbers as sensors and broken sensors give them.</summary>
    private static readonly double[] Odd =
    [
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        -1,
        0,
        1e-300,
        1e300,
        90,
        -90,
        4000,
    ];

    [Property(MaxTest = 300)]
    public Property Outcomes_are_finite_and_in_range() =>
        Prop.ForAll(
            Observations().ToArbitrary(),
            observations =>
            {
                var pipeline = new MonitorPipeline(new() { Anger = new() { Enabled = true } });
                foreach (var observation in observations)
                {
                    var outcome = pipeline.Step(observation);
                    Assert.True(outcome.Measures.Closure is null or (>= 0 and <= 1));
                    Assert.True(outcome.Measures.Perclos is null or (>= 0 and <= 1));
                    Assert.InRange(outcome.Alert.Level, AlertLevel.None, AlertTable.Highest(outcome.Alert.Rule));
                    foreach (var happened in outcome.Events)
                        AssertIsSound(happened);
                    if (outcome.Scores is { } scores)
                        Assert.All(
                            [scores.Fatigue, scores.Stress, scores.Anger, scores.Distraction, scores.Daydream],
                            AssertIsSound);
                }
            }
        );

    [Property(MaxTest = 100)]
    public Property Lines_come_in_order_of_time() =>
        Prop.ForAll(
            Observations().ToArbitrary(),
            observations =>
            {
                var pipeline = new MonitorPipeline(new());
                var last = TimeSpan.MinValue;
                foreach (var happened in observations.SelectMany(o => pipeline.Step(o).Events))
                {
                    // A jump of the clock begins a new order.
                    if (
                        happened is not MonitorEvent.Status { Kind: StatusKind.TimeJump }
                        && happened is not MonitorEvent.Alert { Phase: AlertPhase.Cleared })
                        Assert.True(happened.At >= last, $"{happened} after {last}");
                    last = happened.At;
                }
            }
        );

    /// <summary>A face at rest.</summary>
    internal static readonly FaceShape Rest = new()
    {
        InnerBrowHeight = 0.2, BrowGap = 0.24, LidGap = 0.09, LowerLidDrop = 0.035, NoseWingDrop = 0.4, UpperLipDrop = 0.2,
        MouthCornerLift = 0, MouthWidth = 0.5, ChinDrop = 0.3, LipHeight = 0.08, LipGap = 0,
    };

    private static void AssertIsSound(StateScore score)
    {
        Assert.True(score is { P: >= 0 and <= 1, Lo: >= 0, Hi: <= 1, Confidence: >= 0 and <= 1 }, $"{score}");
        Assert.True(score.Lo <= score.P && score.P <= score.Hi, $"{score}");
    }

    private static void AssertIsSound(MonitorEvent happened)
    {
        switch (happened)
        {
            case MonitorEvent.Eyelids e:
                Assert.True(e.Duration > TimeSpan.Zero && e.StartedAt + e.Duration <= e.At + TimeSpan.FromSeconds(1e-3), $"{e}");
                break;
            case MonitorEvent.LookAway e:
                Assert.True(e.Duration > TimeSpan.Zero && double.IsFinite(e.YawDegrees) && double.IsFinite(e.PitchDegrees), $"{e}");
                break;
            case MonitorEvent.Yawn e:
                Assert.True(e.Duration > TimeSpan.Zero, $"{e}");
                break;
            case MonitorEvent.Alert e:
                Assert.True(e.Score is null or (>= 0 and <= 1) && e.Confidence is null or (>= 0 and <= 1), $"{e}");
                Assert.All(e.Why, w => Assert.True(double.IsFinite(w.Value) && double.IsFinite(w.Limit ?? 0)));
                break;
        }
    }

    private static Gen<Observation[]> Observations() =>
        Moment().ArrayOf().Select(moments =>
        {
            var at = 0.0;
            return moments.Select(m => m.Observation with { At = TimeSpan.FromSeconds(at = Math.Max(0, at + m.Step)) }).ToArray();
        });

    private static Gen<(double Step, Observation Observation)> Moment() =>
        from step in Gen.Frequency(
            (20, Gen.Choose(10, 100).Select(ms => ms / 1000.0)), (1, Gen.Elements(0.0, -0.05, 0.7, 2.5, -5.0, 90.0)))
        from face in Gen.Frequency((12, Driver()), (1, Gen.Elements(FaceReading.NoFace, FaceReading.NoFrame)))
        from speed in Number(0, 130)
        from parts in Gen.Choose(0, 9)
        from heart in Gen.Frequency((8, Gen.Constant((HeartPacket?)null)), (1, Packet().Select(p => (HeartPacket?)p)))
        from skin in Number(0, 20)
        from hours in Gen.Choose(-5, 90)
        select (step, new Observation(default, parts == 0 ? null : face, heart, parts > 7 ? new(speed, skin * 10) : null,
            parts == 7 ? new(DateTimeOffset.UnixEpoch.AddHours(hours + 10), hours > 0) : null,
            Skin: parts > 4 ? new(skin, skin, "wrist") : null,
            Sleep: parts == 6 ? new(TimeSpan.FromHours(hours), hours % 3 == 0 ? null : TimeSpan.FromHours(hours / 4.0)) : null));

    private static Gen<HeartPacket> Packet() =>
        from bpm in Gen.Choose(0, 260)
        from intervals in Number(300, 1500).ArrayOf()
        from contact in Gen.Elements(StrapContact.Detected, StrapContact.NotDetected, StrapContact.NotSupported)
        from device in Gen.Frequency((20, Gen.Constant("a")), (1, Gen.Constant("b")))
        select new HeartPacket(device, bpm, contact, [.. intervals], bpm % 7 == 0 ? bpm * 100 : null);

    private static Gen<FaceReading> Driver() =>
        from left in Number(0, 0.4)
        from right in Number(0, 0.4)
        from visibility in Number(0.4, 1)
        from mouth in Number(0, 0.8)
        from yaw in Number(-60, 60)
        from pitch in Number(-60, 40)
        from gaze in Number(-60, 60)
        from presence in Number(0.6, 1)
        from brow in Number(0.1, 0.3)
        from lips in Number(0.01, 0.1)
        from angry in Number(0, 1)
        select new FaceReading
        {
            Sight = Sight.Driver,
            Presence = presence,
            LeftEye = new(left, visibility),
            RightEye = new(right, 1),
            MouthOpen = mouth,
            Head = new(yaw, pitch, 0),
            Gaze = new(gaze, pitch, visibility),
            Shape = Rest with { InnerBrowHeight = brow, LipHeight = lips },
            Expression = new Expression { Angry = (float)angry },
            Brightness = visibility,
            PhoneSeen = visibility,
            Picture = new PictureQuality(visibility, brow, lips, angry, presence < 0.62),
        };

    private static Gen<double> Number(double from, double to) =>
        Gen.Frequency((40, Gen.Choose(0, 1000).Select(n => from + n / 1000.0 * (to - from))), (1, Gen.Elements(Odd)));
}
