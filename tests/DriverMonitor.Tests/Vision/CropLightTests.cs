using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Vision;

public sealed class CropLightTests
{
    private const int Side = 192;

    [Fact]
    public void A_clean_crop_is_left_as_it_is()
    {
        var (light, crop) = (new CropLight(Side, Side), Face(noise: 0));
        var before = crop.ToArray();

        light.Prepare(crop, TimeSpan.Zero);

        Assert.Equal(before, crop);
        Assert.InRange(light.Light.NoiseShare, 0, 0.02);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void Noise_is_measured_as_it_is(double noise)
    {
        var light = new CropLight(Side, Side);

        light.Prepare(Face(noise), TimeSpan.Zero);

        Assert.InRange(light.Light.Noise, 0.85 * noise, 1.15 * noise);
    }

    [Theory]
    [InlineData(0.05, 0.5)] // among neighbours: 3/8 of it is left
    [InlineData(0.2, 0.3)] // and over time
    public void Noise_is_taken_out_and_the_face_stays(double noise, double left)
    {
        var (light, clean, crop) = (new CropLight(Side, Side), Face(noise: 0), Array.Empty<float>());
        for (var i = 0; i < 3; i++) light.Prepare(crop = Face(noise, seed: i), TimeSpan.FromSeconds(i / 15.0));

        Assert.InRange(Difference(crop, clean) / noise, 0.05, left);
    }

    [Fact]
    public void Pictures_far_apart_are_not_mixed()
    {
        var (light, once, twice) = (new CropLight(Side, Side), Face(noise: 0.2), Face(noise: 0.2));
        new CropLight(Side, Side).Prepare(once, TimeSpan.Zero);
        light.Prepare(Face(noise: 0.2, seed: 9), TimeSpan.Zero);
        light.Prepare(twice, TimeSpan.FromSeconds(0.2));

        Assert.Equal(once, twice);
    }

    /// <summary>Soft light from side to side, as on a cheek.</summary>
    private static float[] Face(double noise, int seed = 1)
    {
        var random = new Random(seed);
        var crop = new float[Side * Side * 3];
        for (var i = 0; i < crop.Length; i++)
            crop[i] = (float)(0.2 + 0.6 * (i / 3 % Side) / Side + noise * Math.Sqrt(12) * (random.NextDouble() - 0.5));
        return crop;
    }

    /// <summary>Standard deviation over the middle of the crop.</summary>
    private static double Difference(float[] a, float[] b)
    {
        var (sum, count) = (0.0, 0);
        for (var y = 20; y < Side - 20; y++)
            for (var i = (y * Side + 20) * 3; i < (y * Side + Side - 20) * 3; i++, count++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.Sqrt(sum / count);
    }
}
