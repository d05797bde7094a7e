using DriverMonitor.Core.Events;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.HeartRate;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>A strap whose packets come late and out of order, as a gateway delivers them after a hole.</summary>
public class LateDataTests
{
    private const int Drive = 400;

    /// <summary>
    /// Once all of them are there, the heart is the one it would have been, and until then nothing was told of the past: every
    /// line bears the time of the step that told it, and a calm heart raises no alert in any order.
    /// </summary>
    /// <remarks>The same orders each time; the first of them is one whose first four packets come late.</remarks>
    [Property(MaxTest = 12, Replay = "(6170063013593418454,795693018103180273,5)")]
    public Property Late_packets_find_their_place_and_raise_nothing_backwards() =>
        Prop.ForAll(
            Delays().ToArbitrary(),
            delays =>
            {
                var prompt = Driven(new int[Drive], out var nothing);
                var late = Driven(delays, out var told);
                Assert.Empty(nothing);
                Assert.DoesNotContain(told, line => line.Happened is MonitorEvent.Alert);
                Assert.All(told, line => Assert.Equal(line.Now, line.Happened.At));
                Assert.Equal(
                    (prompt.BeatsPerMinute, prompt.RmssdMs, prompt.SdnnMs, prompt.Reason),
                    (late.BeatsPerMinute, late.RmssdMs, late.SdnnMs, late.Reason));
            }
        );

    /// <summary>What was racing when it was sent is calm when it arrives: no hint is raised for then.</summary>
    [Fact]
    public void A_fast_heart_of_minutes_ago_is_no_hint_now()
    {
        var pipeline = new MonitorPipeline(new());
        var calm = new ScriptedStrap(Series.Waves(1300));
        for (var second = 1; second <= 1000; second++)
            pipeline.Step(new(At(second), Heart: second is > 800 and < 860 ? null : calm.Packet(second), Vehicle: new(80)));
        var told = new List<MonitorEvent>();
        for (var second = 801; second < 860; second++)
            told.AddRange(
                pipeline
                    .Step(
                        new(At(second), Heart: new HeartPacket("strap", 130, StrapContact.Detected, [461, 462]), Vehicle: new(80))
                    )
                    .Events);
        for (var second = 1001; second <= 1060; second++)
            told.AddRange(pipeline.Step(new(At(second), Heart: calm.Packet(second), Vehicle: new(80))).Events);
        Assert.Empty(told);
    }

    private static HeartFeatures Driven(int[] delays, out List<(TimeSpan Now, MonitorEvent Happened)> told)
    {
        var strap = new ScriptedStrap(Series.Waves(Drive));
        var arrivals = Enumerable.Range(1, Drive - 60)
            .Select(second => (Due: second + delays[second] + 0.001, Sent: second, Packet: strap.Packet(second)))
            .Concat(
                Enumerable
                    .Range(Drive - 59, 60)
                    .Select(second => (Due: second + 0.001, Sent: second, Packet: strap.Packet(second))))
            .OrderBy(arrival => arrival.Due)
            .ToArray();
        told = [];
        var pipeline = new MonitorPipeline(new());
        var (next, last) = (0, default(HeartFeatures));
        for (var second = 1; second <= Drive; second++)
        {
            var outcome = pipeline.Step(new(At(second), Vehicle: new(80)));
            last = outcome.Scores?.Heart ?? last;
            foreach (var happened in outcome.Events) told.Add((outcome.At, happened));
            for (; next < arrivals.Length && arrivals[next].Due < second + 1; next++)
            {
                outcome = pipeline.Step(new(At(arrivals[next].Sent), Heart: arrivals[next].Packet));
                foreach (var happened in outcome.Events) told.Add((outcome.At, happened));
            }
        }

        return last;
    }

    /// <summary>Mostly prompt, some of them up to twenty seconds late, and at times a whole backlog.</summary>
    private static Gen<int[]> Delays() =>
        from each in Gen.Frequency((6, Gen.Constant(0)), (1, Gen.Choose(1, 20))).ArrayOf(Drive)
        from hole in Gen.Choose(1, Drive - 100)
        from length in Gen.Choose(0, 40)
        select each.Select((delay, second) => second >= hole && second < hole + length ? hole + length - second : delay)
            .ToArray();

    private static TimeSpan At(int second) => TimeSpan.FromSeconds(second);
}
