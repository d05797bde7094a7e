using DriverMonitor.Camera;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Vision;

/// <summary>Draws the driver of <c>tests/long/robustness.sh</c>, which degrades the picture.</summary>
public sealed class RobustnessClip
{
    private static readonly string? Wanted = Environment.GetEnvironmentVariable("ROBUSTNESS_CLIP");

    [RobustnessClipFact]
    public void The_driver_of_the_robustness_bench_is_drawn()
    {
        PortraitClip.Make(Script, Wanted!);

        Assert.True(new FileInfo(Wanted!).Length > 100_000);
    }

    /// <summary>Seven blinks and two closures of 4.4 s; <c>measure.py</c> knows when.</summary>
    private static readonly PortraitScript Script = new(
        At(32), Blink(2), Blink(4.2), Blink(6.5), Shut(9), Blink(16), Blink(18.5), Shut(21), Blink(27.5), Blink(29.5));

    private static PortraitLine Blink(double at) => new(At(at), At(0.25), PortraitMove.Blink);

    private static PortraitLine Shut(double at) => new(At(at), At(4.4), PortraitMove.EyesShut);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    internal sealed class RobustnessClipFactAttribute : FactAttribute
    {
        public RobustnessClipFactAttribute()
        {
            if (Wanted is null) Skip = "ROBUSTNESS_CLIP names no file to draw into.";
        }
    }
}
