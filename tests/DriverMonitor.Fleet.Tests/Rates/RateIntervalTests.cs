using DriverMonitor.Fleet.Rates;

namespace DriverMonitor.Fleet.Tests.Rates;

public sealed class RateIntervalTests
{
    //  count   exact limits of a Poisson count (Garwood 1936, 95 %)
    [Theory]
    [InlineData(0, 0, 3.689)]
    [InlineData(1, 0.0253, 5.572)]
    [InlineData(5, 1.623, 11.668)]
    [InlineData(20, 12.217, 30.888)]
    [InlineData(100, 81.364, 121.627)]
    public void The_interval_is_that_of_a_Poisson_count(long count, double low, double high)
    {
        var rate = RateInterval.Of(count, hours: 100);

        Assert.Equal(count, rate.Value, 6);
        Assert.InRange(rate.Low, low - 0.02, low + 0.02);
        Assert.InRange(rate.High, high * 0.99, high * 1.01);
    }

    [Fact]
    public void Twice_the_hours_halve_the_rate() =>
        Assert.Equal(RateInterval.Of(8, 50).High / 2, RateInterval.Of(8, 100).High, 9);
}
