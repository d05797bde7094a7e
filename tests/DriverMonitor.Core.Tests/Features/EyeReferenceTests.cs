using DriverMonitor.Core.Features;

namespace DriverMonitor.Core.Tests.Features;

public class EyeReferenceTests
{
    private static readonly TimeSpan Frame = TimeSpan.FromSeconds(1 / 15.0);

    [Theory]
    [InlineData(0.14, 0.2)]
    [InlineData(0.30, 1.0)]
    [InlineData(0.36, 1.2)]
    [InlineData(0.05, 0.0)]
    public void Openness_is_relative_and_bounded(double aperture, double openness)
    {
        var eye = new EyeReference(new EyeSettings { ShutOverOpen = 1 / 3.0 });
        Learn(eye, 0.30, 60);
        Assert.Equal(openness, eye.Openness(aperture), 0.02);
    }

    [Fact]
    public void A_first_blink_after_half_a_second_finds_a_reference()
    {
        var eye = new EyeReference(new());
        Learn(eye, 0.31, 0.5);
        Assert.InRange(eye.Open, 0.30, 0.32);
    }

    [Theory]
    [InlineData(0.03)]
    [InlineData(0.13)]
    public void Eyes_shut_from_the_start_are_never_learned_as_open(double aperture)
    {
        var eye = new EyeReference(new());
        Learn(eye, aperture, 3600);
        Assert.True(eye.Openness(aperture) < 0.3);
    }

    [Fact]
    public void Drooping_lids_are_not_learned_as_open()
    {
        var eye = new EyeReference(new());
        Learn(eye, 0.30, 600);
        var before = eye.Open;
        Learn(eye, 0.20, 3600);
        Assert.InRange(eye.Open, before * 0.9, before * 0.92);
    }

    [Fact]
    public void Narrow_eyes_are_eyes()
    {
        var eye = new EyeReference(new());
        Learn(eye, 0.18, 30);
        Assert.True(eye.IsUsable);
        Assert.True(eye.Openness(0.18) > 0.9);
        Assert.True(eye.Openness(0.075) < 0.2);
    }

    [Fact]
    public void Five_blinks_tell_how_deep_an_eye_goes()
    {
        var eye = new EyeReference(new());
        Learn(eye, 0.30, 30);
        foreach (var deepest in (double[])[0.10, 0.09, 0.16, 0.11, 0.10]) eye.Blinked(deepest);
        Assert.Equal(0.10, eye.Shut, 1e-9);
    }

    private static void Learn(EyeReference eye, double aperture, double seconds)
    {
        for (var t = 0.0; t < seconds; t += Frame.TotalSeconds) eye.Learn(aperture, Frame);
    }
}
