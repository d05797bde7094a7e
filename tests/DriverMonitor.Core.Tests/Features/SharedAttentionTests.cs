using System.Globalization;
using DriverMonitor.Core.Features;

namespace DriverMonitor.Core.Tests.Features;

public class SharedAttentionTests
{
    [Theory]
    [InlineData("2 1", "14.0")]
    [InlineData("2 2", "never")]
    [InlineData("1 1.5", "23.5")]
    [InlineData("0.8 1.7", "never")]
    public void Ten_seconds_in_thirty_are_too_many(string awayAndBack, string when)
    {
        var parts = awayAndBack.Split(' ').Select(p => double.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        var sharing = new SharedAttention(new());
        var frame = TimeSpan.FromSeconds(0.05);
        var reached = "never";
        for (var i = 0; i < 2400 && reached == "never"; i++)
        {
            var away = i * 0.05 % (parts[0] + parts[1]) < parts[0] - 1e-9;
            sharing.Step((i + 1) * frame, frame, !away);
            if (sharing.Away >= TimeSpan.FromSeconds(10)) reached = ((i + 1) * 0.05).ToString("0.0", CultureInfo.InvariantCulture);
        }

        Assert.Equal(when, reached);
    }
}
