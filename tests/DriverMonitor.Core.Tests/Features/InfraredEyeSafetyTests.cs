using DriverMonitor.Core.Features;

namespace DriverMonitor.Core.Tests.Features;

/// <summary>Infrared lamps stay in the exempt group of IEC 62471, with half of its limit to spare.</summary>
public sealed class InfraredEyeSafetyTests
{
    [Theory]
    [InlineData(100, 0.2, 2.5, 1)]
    [InlineData(4500, 0.3, 50, 1)]
    [InlineData(9000, 0.3, 100, 0.5)]
    [InlineData(2000, 0.1, 200, 0.25)]
    [InlineData(1_000_000, 0.05, 400_000, 0.000125)]
    public void A_lamp_may_be_on_for_a_share_of_the_time(double milliwattsPerSteradian, double metres, double irradiance, double duty)
    {
        Assert.Equal(irradiance, InfraredEyeSafety.Irradiance(milliwattsPerSteradian, metres), 1e-6 * irradiance);
        Assert.Equal(duty, InfraredEyeSafety.MostDuty(milliwattsPerSteradian, metres), 1e-9);
    }

    [Fact]
    public void No_lamp_gives_more_than_half_of_the_limit()
    {
        for (var intensity = 1.0; intensity < 1e6; intensity *= 3)
            for (var metres = 0.05; metres < 3; metres *= 1.7)
                Assert.InRange(
                    InfraredEyeSafety.MostDuty(intensity, metres) * InfraredEyeSafety.Irradiance(intensity, metres), 0,
                    InfraredEyeSafety.Share * InfraredEyeSafety.CorneaLimit + 1e-6);
    }
}
