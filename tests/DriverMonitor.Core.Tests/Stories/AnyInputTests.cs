using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>Whatever comes in, what goes out is finite, in order and in range.</summary>
public class AnyInputTests
{
    /// <summary>Numbers as sensors and broken sensors give them.</summary>
    private static readonly double[] Odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1, 0, 1e-300, 1e300, 90, -90, 4000];

    [Property(MaxTest = 300)]
    public Property Outcomes_are_finite_and_in_range() =>
        Prop.ForAll(Observations().ToArbitrary(), observations =>
        {
            var pipeline = new MonitorPipeline(new());
            foreach (var observation in observations)
            {
                var outcome = pipeline.Step(observation);
                Assert.True(outcome.Measures.Closure is null or (>= 0 and <= 1));
                Assert.True(outcome.Measures.Perclos is null or (>= 0 and <= 1));
                Assert.InRange(outcome.Alert.Level, AlertLevel.None, AlertTable.Highest(outcome.Alert.Rule));
                foreach (var happened in outcome.Events) AssertIsSound(happened);
            }
        });

    [Property(MaxTest = 100)]
    public Property Lines_come_in_order_of_time() =>
        Prop.ForAll(Observations().ToArbitrary(), observations =>
        {
            var pipeline = new MonitorPipeline(new());
            var last = TimeSpan.MinValue;
            foreach (var happened in observations.SelectMany(o => pipeline.Step(o).Events))
            {
                // A jump of the clock begins a new order.
                if (happened is not MonitorEvent.Status { Kind: StatusKind.TimeJump } && happened is not MonitorEvent.Alert { Phase: AlertPhase.Cleared })
                    Assert.True(happened.At >= last, $"{happened} after {last}");
                last = happened.At;
            }
        });

    private static void AssertIsSound(MonitorEvent happened)
    {
        switch (happened)
        {
            case MonitorEvent.Eyelids e:
                Assert.True(e.Duration > TimeSpan.Zero && e.StartedAt + e.Duration <= e.At + TimeSpan.FromSeconds(1e-3));
                break;
            case MonitorEvent.LookAway e:
                Assert.True(e.Duration > TimeSpan.Zero && double.IsFinite(e.YawDegrees) && double.IsFinite(e.PitchDegrees));
                break;
            case MonitorEvent.Yawn e:
                Assert.True(e.Duration > TimeSpan.Zero);
                break;
            case MonitorEvent.Alert e:
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
        from step in Gen.Frequency((20, Gen.Choose(10, 100).Select(ms => ms / 1000.0)), (1, Gen.Elements(0.0, -0.05, 0.7, 2.5, -5.0, 90.0)))
        from face in Gen.Frequency((12, Driver()), (1, Gen.Elements(FaceReading.NoFace, FaceReading.NoFrame)))
        from speed in Number(0, 130)
        from parts in Gen.Choose(0, 9)
        select (step, new Observation(default, parts == 0 ? null : face, Vehicle: parts > 7 ? new(speed) : null));

    private static Gen<FaceReading> Driver() =>
        from left in Number(0, 0.4)
        from right in Number(0, 0.4)
        from visibility in Number(0.4, 1)
        from mouth in Number(0, 0.8)
        from yaw in Number(-60, 60)
        from pitch in Number(-60, 40)
        from gaze in Number(-60, 60)
        from presence in Number(0.6, 1)
        select new FaceReading
        {
            Sight = Sight.Driver,
            Presence = presence,
            LeftEye = new(left, visibility),
            RightEye = new(right, 1),
            MouthOpen = mouth,
            Head = new(yaw, pitch, 0),
            Gaze = new(gaze, pitch, visibility),
        };

    private static Gen<double> Number(double from, double to) =>
        Gen.Frequency((40, Gen.Choose(0, 1000).Select(n => from + n / 1000.0 * (to - from))), (1, Gen.Elements(Odd)));
}
