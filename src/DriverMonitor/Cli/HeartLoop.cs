using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.Cli;

/// <summary>A replay without pictures: only the heart is judged.</summary>
internal static class HeartLoop
{
    public static void Run(IHeartMonitor heart, MonitorPipeline pipeline, IEventSink sink, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && heart.TryRead(TimeSpan.MaxValue, out var at, out var packet))
        {
            var seen = new Observation(at, Heart: packet);
            sink.Emit(seen, pipeline.Step(seen));
        }
    }
}
