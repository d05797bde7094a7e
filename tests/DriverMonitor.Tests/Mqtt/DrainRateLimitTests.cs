using DriverMonitor.Mqtt;

namespace DriverMonitor.Tests.Mqtt;

public sealed class DrainRateLimitTests
{
    // The age of all events in seconds, and the seconds in which one asks every millisecond; then how many went.
    [Theory]
    [InlineData("what is young goes at once", 60, 1.0, 1000)]
    [InlineData("an old backlog goes at fifty a second", 61, 1.0, 50)]
    [InlineData("for as long as it takes", 86_400, 10.0, 500)]
    public void Decides_how_fast_they_go(string story, int age, double seconds, int expected)
    {
        var pace = new DrainRateLimit();

        var went = Enumerable
            .Range(0, (int)(seconds * 1000))
            .Count(ms => pace.Take(TimeSpan.FromMilliseconds(ms), TimeSpan.FromSeconds(age)) == TimeSpan.Zero);

        Assert.Equal((story, expected), (story, went));
    }

    [Fact]
    public void A_timer_that_is_late_catches_up_a_little_and_no_more()
    {
        var pace = new DrainRateLimit();
        var (late, old) = (TimeSpan.FromSeconds(100), TimeSpan.FromHours(1));

        Assert.Equal(11, Enumerable.Range(0, 100).Count(_ => pace.Take(late, old) == TimeSpan.Zero));
    }
}
