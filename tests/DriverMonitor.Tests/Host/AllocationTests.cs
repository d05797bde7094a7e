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

        Drive(0, 300);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Drive(300, 500);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);

        void Drive(int first, int count)
        {
            for (var i = first; i < first + count; i++)
            {
                frame.At = TimeSpan.FromSeconds(i / 15.0);
                var seen = new Observation(frame.At, reader.Read(frame));
                Assert.Equal(Sight.Driver, seen.Face!.Value.Sight);
                sinks.Emit(seen, pipeline.Step(seen));
            }
        }
    }
}
