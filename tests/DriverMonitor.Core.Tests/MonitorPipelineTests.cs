using System.Reflection;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Tests;

public class MonitorPipelineTests
{
    /// <summary>A tracker that the pipeline does not loop over would outlive a withdrawn consent.</summary>
    [Fact]
    public void Every_tracker_takes_part_in_jumps_changes_of_the_driver_and_withdrawals()
    {
        var pipeline = new MonitorPipeline(new());
        var values = typeof(MonitorPipeline).GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .Select(field => field.GetValue(pipeline)).ToArray();
        var looped = Assert.Single(values.OfType<IModalityTracker[]>());
        var every = typeof(MonitorPipeline).Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IModalityTracker)));

        Assert.Equal(values.OfType<IModalityTracker>().ToHashSet(), looped.ToHashSet());
        Assert.Equal(every.ToHashSet(), looped.Select(tracker => tracker.GetType()).ToHashSet());
    }
}
