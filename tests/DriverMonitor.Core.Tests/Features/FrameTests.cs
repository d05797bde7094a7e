using DriverMonitor.Core.Features;

namespace DriverMonitor.Core.Tests.Features;

public class FrameTests
{
    [Fact]
    public void Repeats_and_late_pictures_are_dropped_and_counted()
    {
        var clock = new FrameClock(new());
        double[] at = [0, 0.1, 0.1, 0.05, 0.2, 2.5];
        Assert.Equal(
            [
                FrameTiming.OnTime,
                FrameTiming.OnTime,
                FrameTiming.Duplicate,
                FrameTiming.OutOfOrder,
                FrameTiming.OnTime,
                FrameTiming.Interrupted,
            ],
            at.Select(s => clock.Step(TimeSpan.FromSeconds(s))));
        Assert.Equal((1, 1), (clock.Duplicates, clock.OutOfOrder));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(15)]
    [InlineData(30)]
    [InlineData(60)]
    public void The_rate_is_that_of_the_median_interval(double framesPerSecond)
    {
        var rate = new FrameRate();
        for (var i = 0; i < 20 * framesPerSecond; i++)
        {
            // Every tenth picture is lost, which must not count.
            if (i % 10 != 9) rate.Step(TimeSpan.FromSeconds(i / framesPerSecond));
        }

        Assert.Equal(framesPerSecond, rate.PerSecond!.Value, framesPerSecond * 0.07);
    }
}
