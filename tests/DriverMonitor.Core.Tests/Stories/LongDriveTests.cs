using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>Counts the memory of the whole process, so nothing else may run beside it.</summary>
[CollectionDefinition(nameof(LongDriveTests), DisableParallelization = true)]
[Collection(nameof(LongDriveTests))]
public class LongDriveTests
{
    [Fact]
    public void A_day_at_the_wheel_holds_no_more_memory_than_its_first_hour()
    {
        var pipeline = new MonitorPipeline(new());
        var hour = TimeSpan.FromHours(1);
        long afterFirst = 0;
        var events = 0;
        foreach (var observation in Drive.Of("86400s blinking gaze 0 0 speed 80", framesPerSecond: 30))
        {
            var beats =
                observation.At.Milliseconds == 0
                    ? new HeartPacket("strap", 62, StrapContact.Detected, [960 + observation.At.Seconds])
                    : (HeartPacket?)null;
            events += pipeline
                .Step(observation with { Heart = beats, Wall = new(DateTimeOffset.UnixEpoch + observation.At, true) })
                .Events.Length;
            if (afterFirst == 0 && observation.At >= hour)
                afterFirst = GC.GetTotalMemory(forceFullCollection: true);
        }

        // One byte kept of each picture would be 2.5 MB; the test runner itself wanders by less than half of one.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - afterFirst, long.MinValue, 1_000_000);
        Assert.InRange(pipeline.Drowsiness.HoursOnTask.Value!.Value, 23.9, 24.1);
        Assert.True(events > 10_000);
    }
}
