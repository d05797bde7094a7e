using System.Globalization;
using DriverMonitor.Core.Features;

namespace DriverMonitor.Core.Tests.Features;

public class AttentionBufferTests
{
    [Theory]
    [InlineData("off 1, on 0.5, off 1, on 0.5, off 1", "3.8", 0.0)]
    [InlineData("off 1, on 1.1, off 1, on 1.1, off 1", "never", 1.0)]
    [InlineData("off 2", "2.0", 0.0)]
    [InlineData("off 1, unknown 5, off 0.5", "never", 0.5)]
    public void Two_seconds_are_spent_and_earned(string script, string emptyAt, double left)
    {
        var buffer = new AttentionBuffer();
        var step = TimeSpan.FromMilliseconds(10);
        var at = TimeSpan.Zero;
        var empty = "never";
        foreach (var part in script.Split(", ").Select(p => p.Split(' ')))
        {
            bool? onRoad = part[0] switch { "on" => true, "off" => false, _ => null };
            for (var until = at + TimeSpan.FromSeconds(double.Parse(part[1], CultureInfo.InvariantCulture)); at < until;)
            {
                at += step;
                buffer.Step(step, onRoad);
                if (buffer.Left == TimeSpan.Zero && empty == "never") empty = at.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
            }
        }

        Assert.Equal((emptyAt, left), (empty, Math.Round(buffer.Left.TotalSeconds, 2)));
    }
}
