using DriverMonitor.Core.Features;

namespace DriverMonitor.Core.Tests.Features;

public class PerclosTests
{
    [Fact]
    public void Time_without_a_face_counts_neither_way()
    {
        var window = new PerclosWindow(60);
        for (var tenth = 0; tenth < 600; tenth++)
        {
            window.Step(Tenths(tenth));
            if (tenth >= 480) continue;
            window.Add(Tenths(tenth), Tenths(1), tenth < 48 ? 0.9 : 0.1);
        }

        Assert.Equal(0.1, window.Value!.Value, 1e-9);
        Assert.Equal(0.8, window.ValidShare, 1e-9);
    }

    /// <summary>Each picture speaks until the next, but no longer than 0.2 s.</summary>
    [Fact]
    public void Pictures_speak_for_their_time()
    {
        (double At, double? Closure)[] pictures =
            [(0, .1), (.1, .9), (.2, .9), (.5, .1), (.6, null), (.7, .85), (.8, .2), (.9, .79), (1.0, .80), (1.1, null)];
        var window = new PerclosWindow(60);
        foreach (var (picture, next) in pictures.Zip(pictures.Skip(1)))
        {
            if (picture.Closure is { } closure)
                window.Add(TimeSpan.FromSeconds(picture.At), TimeSpan.FromSeconds(Math.Min(next.At - picture.At, 0.2)), closure);
        }

        Assert.Equal(0.555556, window.CoveredOfSeen!.Value, 1e-6);
        Assert.Null(window.Value);
    }

    [Fact]
    public void Eyemeas_is_the_mean_square()
    {
        var window = new PerclosWindow(60);
        double[] closures = [0, .2, .9, 1, .5];
        for (var i = 0; i < closures.Length; i++) window.Add(Tenths(i), Tenths(1), closures[i]);
        Assert.Equal(42.0, window.MeanSquare!.Value, 1e-9);
    }

    [Fact]
    public void Old_seconds_leave_the_window()
    {
        var window = new PerclosWindow(60);
        window.Add(TimeSpan.Zero, Tenths(10), 1);
        window.Add(TimeSpan.FromSeconds(59), Tenths(10), 0);
        Assert.Equal(0.5, window.CoveredOfSeen!.Value, 1e-9);
        window.Step(TimeSpan.FromSeconds(60));
        Assert.Equal(0, window.CoveredOfSeen!.Value, 1e-9);
        window.Step(TimeSpan.FromHours(3));
        Assert.Null(window.CoveredOfSeen);
    }

    private static TimeSpan Tenths(int tenths) => TimeSpan.FromSeconds(tenths / 10.0);
}
