using DriverMonitor.Core.Features;

namespace DriverMonitor.Core.Tests.Features;

public class OneEuroFilterTests
{
    [Theory]
    [InlineData(10.0)]
    [InlineData(15.0)]
    [InlineData(20.0)]
    [InlineData(30.0)]
    public void A_closing_lid_is_late_by_less_than_a_picture(double perSecond)
    {
        var filter = new OneEuroFilter(3, 5);
        double? crossed = null, crossedSmooth = null;
        for (var picture = 0; picture < 3 * perSecond; picture++)
        {
            // Open for two seconds, then down to a third within 70 ms.
            var t = picture / perSecond;
            var raw = 0.3 - 0.2 * Math.Clamp((t - 2) / 0.07, 0, 1);
            var smooth = filter.Update(TimeSpan.FromSeconds(t), raw);
            if (raw < 0.2) crossed ??= t;
            if (smooth < 0.2) crossedSmooth ??= t;
        }

        Assert.True(crossedSmooth - crossed <= 1 / perSecond + 1e-6, $"{crossedSmooth} after {crossed}");
    }

    [Fact]
    public void A_third_of_the_jitter_of_lids_at_rest_is_gone()
    {
        var (filter, random) = (new OneEuroFilter(3, 5), new Random(4));
        double sum = 0, sumSmooth = 0;
        for (var picture = 0; picture < 600; picture++)
        {
            var noise = 0.03 * (random.NextDouble() - 0.5);
            var smooth = filter.Update(TimeSpan.FromSeconds(picture / 20.0), 0.3 + noise) - 0.3;
            (sum, sumSmooth) = (sum + noise * noise, sumSmooth + smooth * smooth);
        }

        Assert.InRange(Math.Sqrt(sumSmooth / sum), 0, 0.67);
    }

    [Fact]
    public void After_a_gap_nothing_of_the_last_value_is_left()
    {
        var filter = new OneEuroFilter(3, 5);
        filter.Update(TimeSpan.Zero, 0.3);

        Assert.Equal(0.1, filter.Update(TimeSpan.FromSeconds(1), 0.1));
    }
}
