using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;

namespace DriverMonitor.Core.Tests.Features;

public class ClosureTests
{
    private static readonly EyeSettings Settings = new();

    /// <summary>Half amplitude is crossed between pictures; the sum is done by hand.</summary>
    [Fact]
    public void A_blink_at_15_pictures_a_second_is_timed_between_them()
    {
        var ended = Assert.Single(Closures(15, 1, .95, .60, .05, 0, .35, .90, 1));
        Assert.Equal(0.145455, ended.StartedAt.TotalSeconds, 5e-5);
        Assert.Equal(0.351515, ended.EndedAt.TotalSeconds, 5e-5);
        Assert.Equal(206.06, ended.Duration.TotalMilliseconds, 0.05);
        Assert.Equal(ClosureKind.Blink, ClosureKinds.Of(ended, Settings));
    }

    public static TheoryData<string, double[], string> Lids => new()
    {
        { "open", [1, 1, 1], "" },
        { "a partial blink", [1, .3, 1], "Blink" },
        { "half way down and up at once, in one picture of fifteen", [1, .49, 1], "Blink" },
        { "sinks past the half and comes up", [1, .9, .85, .8, .72, .66, .58, .48, .6, .8, 1], "" },
        { "droops, and blinks half way", [.8, .8, .8, .35, .8], "Blink" },
        { "comes up from a blink in two steps", [1, .3, .55, .45, .55, 1], "Blink" },
        { "drooping is no closure", [1, .4, .4, .4, .4, .4, .4, .4, .4, .4, .4, .4, .4, 1], "" },
        { "one picture shut", [1, 0, 1], "Blink" },
        { "two blinks", [1, 0, 1, 1, 0, 1], "Blink Blink" },
        { "lids flutter in one closure", [1, 0, .4, 0, .4, 0, 1], "LongBlink" },
        { "0.45 s", [1, 0, 0, 0, 0, 0, 1], "LongBlink" },
        { "1.2 s", [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "Microsleep" },
    };

    [Theory]
    [MemberData(nameof(Lids))]
    public void Lids_make_closures(string name, double[] openness, string kinds) =>
        Assert.Equal((name, kinds), (name, string.Join(" ", Closures(10, openness).Select(c => ClosureKinds.Of(c, Settings)))));

    [Theory]
    [InlineData(0.3, false)]
    [InlineData(0.6, true)]
    public void Lids_that_go_down_with_the_head_look_down_and_a_sleepers_go_first(double lead, bool isClosure)
    {
        var machine = new ClosureDetector(Settings);
        machine.Update(TimeSpan.Zero, 1);
        for (var at = 0.05; at < lead; at += 0.05) machine.Update(TimeSpan.FromSeconds(at), 0);
        machine.UpdateLowered(TimeSpan.FromSeconds(lead), 0);

        Assert.Equal(isClosure, machine.IsUnderWay);
    }

    [Fact]
    public void One_picture_shut_before_the_clock_jumps_is_no_closure()
    {
        var machine = new ClosureDetector(Settings);
        machine.Update(TimeSpan.Zero, 1);
        machine.Update(TimeSpan.FromSeconds(2.5), 0);

        Assert.Null(machine.Abort());
    }

    private static List<Closure> Closures(double framesPerSecond, params double[] openness)
    {
        var machine = new ClosureDetector(Settings);
        var ended = new List<Closure>();
        for (var i = 0; i < openness.Length; i++)
        {
            if (machine.Update(TimeSpan.FromSeconds(i / framesPerSecond), openness[i]) is { } closure) ended.Add(closure);
        }

        return ended;
    }
}
