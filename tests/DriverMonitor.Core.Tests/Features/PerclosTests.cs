using System.Text.Json;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Tests.Vectors;

namespace DriverMonitor.Core.Tests.Features;

public class PerclosTests
{
    [Fact]
    public void Time_without_a_face_counts_neither_way()
    {
        var window = new PerclosWindow(60, new());
        for (var tenth = 0; tenth < 600; tenth++)
        {
            window.Step(Tenths(tenth));
            if (tenth >= 480) continue;
            window.Add(Tenths(tenth), Tenths(1), tenth < 48 ? 0.9 : 0.1);
        }

        Assert.Equal(0.1, window.Value!.Value, 1e-9);
        Assert.Equal(0.8, window.ValidShare, 1e-9);
    }

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Vector.Cases.GetProperty("perclos").GetArrayLength())];

    /// <summary>Each picture speaks until the next, but no longer than 0.2 s.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Pictures_speak_for_their_time(int number)
    {
        var vector = Vector.Cases.GetProperty("perclos")[number];
        var pictures = vector
            .GetProperty("frames")
            .EnumerateArray()
            .Select(picture =>
                (
                    At: picture[0].GetDouble(),
                    Closure: picture[1].ValueKind == JsonValueKind.Number ? picture[1].GetDouble() : (double?)null))
            .ToArray();
        var window = new PerclosWindow(60, new());
        foreach (var (picture, next) in pictures.Zip(pictures.Skip(1).Select(p => p.At).Append(vector.Number("end")!.Value)))
        {
            if (picture.Closure is { } closure)
                window.Add(TimeSpan.FromSeconds(picture.At), TimeSpan.FromSeconds(Math.Min(next - picture.At, 0.2)), closure);
        }

        Assert.Equal(vector.Number("p80")!.Value, window.CoveredOfSeen!.Value, 1e-6);
        Assert.Equal(vector.Number("valid")!.Value, window.ValidShare * 60, 1e-6);
        Assert.Equal(vector.Number("closed")!.Value, window.CoveredOfSeen!.Value * window.ValidShare * 60, 1e-6);
        Assert.Null(window.Value);
    }

    [Fact]
    public void Eyemeas_is_the_mean_square()
    {
        var window = new PerclosWindow(60, new());
        double[] closures = [0, .2, .9, 1, .5];
        for (var i = 0; i < closures.Length; i++) window.Add(Tenths(i), Tenths(1), closures[i]);
        Assert.Equal(42.0, window.MeanSquare!.Value, 1e-9);
    }

    [Fact]
    public void Old_seconds_leave_the_window()
    {
        var window = new PerclosWindow(60, new());
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
