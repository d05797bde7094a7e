using DriverMonitor.Core.Features;
using DriverMonitor.Core.Tests.Vectors;

namespace DriverMonitor.Core.Tests.Features;

public class AttentionBufferTests
{
    public static TheoryData<int> Cases =>
        [.. Enumerable.Range(0, Vector.Cases.GetProperty("distraction").GetProperty("attend").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Two_seconds_are_spent_and_earned(int number)
    {
        var vector = Vector.Cases.GetProperty("distraction").GetProperty("attend")[number];
        var (emptyAt, left) = Run(
            vector
                .GetProperty("seq")
                .EnumerateArray()
                .Select(part => part.Numbers())
                .Select(part => (part[0], (bool?)(part[1] == 1))));
        Assert.Equal(vector.Number("t"), emptyAt);
        if (vector.Number("buffer") is { } expected) Assert.Equal(expected, left, 1e-6);
    }

    [Fact]
    public void What_is_not_known_spends_nothing() => Assert.Equal((null, 0.5), Run([(1, false), (5, null), (0.5, false)]));

    private static (double? EmptyAt, double Left) Run(IEnumerable<(double Seconds, bool? OnRoad)> script)
    {
        var buffer = new AttentionBuffer(new());
        var step = TimeSpan.FromMilliseconds(10);
        var at = TimeSpan.Zero;
        double? empty = null;
        foreach (var (seconds, onRoad) in script)
        {
            for (var until = at + TimeSpan.FromSeconds(seconds); at < until;)
            {
                at += step;
                buffer.Step(step, onRoad);
                if (buffer.Left == TimeSpan.Zero) empty ??= at.TotalSeconds;
            }
        }

        return (empty, buffer.Left.TotalSeconds);
    }
}
