using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.Host;
using DriverMonitor.Recording;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Host;

public sealed class AllocationTests
{
    /// <summary>A collection in the wrong moment would make a warning late, so a quiet drive leaves nothing to collect.</summary>
    [Fact]
    public void From_frame_to_outcome_and_trace_nothing_is_allocated()
    {
        using var frame = Pictures.Load(Pictures.Golden("grace_hopper_usnavy.jpg"));
        using var reader = new FaceReader(new VisionSettings(), default, TimeProvider.System);
        using var trace = new TraceFile(Path.GetTempFileName());
        var pipeline = new MonitorPipeline(new MonitorSettings());
        var sinks = new FanOut([trace], NullLogger.Instance);

        // Code that is not optimised yet boxes what optimised code does not; how soon that is over depends on the machine.
        for (var warm = 0; warm < 30 && Drive(100) > 0; warm++) { }

        Assert.Equal(0, Drive(500));

        long Drive(int count)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < count; i++)
            {
                frame.At += TimeSpan.FromSeconds(1 / 15.0);
                var seen = new Observation(frame.At, reader.Read(frame));
                if (seen.Face!.Value.Sight != Sight.Driver) Assert.Fail("The driver was lost."); // Assert.Equal would box
                sinks.Emit(seen, pipeline.Step(seen));
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
