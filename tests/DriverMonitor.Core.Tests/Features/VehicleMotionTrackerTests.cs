using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Tests.Features;

public class VehicleMotionTrackerTests
{
    [Theory]
    [InlineData(90, 76, true)]
    [InlineData(90, 80, false)]
    [InlineData(30, 90, false)]
    public void Only_losing_speed_fast_is_hard_braking(double from, double to, bool isBraking)
    {
        var motion = new VehicleMotionTracker();
        motion.Step(TimeSpan.FromSeconds(10), new VehicleReading(from));
        motion.Step(TimeSpan.FromSeconds(11), new VehicleReading(to));

        Assert.Equal(isBraking ? TimeSpan.Zero : TimeSpan.MaxValue, motion.BrakedFor(TimeSpan.FromSeconds(11)));
    }
}
