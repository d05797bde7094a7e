using DriverMonitor.Core.Features;
using DriverMonitor.Core.Tests.Vectors;

namespace DriverMonitor.Core.Tests.Features;

public class VatsWindowTests
{
    public static TheoryData<int> Cases =>
        [.. Enumerable.Range(0, Vector.Cases.GetProperty("distraction").GetProperty("vats").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Ten_seconds_in_thirty_are_too_many(int number)
    {
        var vector = Vector.Cases.GetProperty("distraction").GetProperty("vats")[number];
        var pattern = vector.GetProperty("pattern").EnumerateArray().Select(part => part.Numbers()).ToArray();
        var (away, back) = (pattern[0][0], pattern[1][0]);
        var sharing = new VatsWindow(new());
        var frame = TimeSpan.FromSeconds(0.05);
        double? reached = null;
        for (var i = 0; i < 2400 && reached is null; i++)
        {
            var isAway = i * 0.05 % (away + back) < away - 1e-9;
            sharing.Step((i + 1) * frame, frame, !isAway);
            if (sharing.Away >= TimeSpan.FromSeconds(10)) reached = Math.Round((i + 1) * 0.05, 2);
        }

        Assert.Equal(vector.Number("t"), reached);
    }
}
