using DriverMonitor.Monitoring;
using DriverMonitor.Time;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Cli;

/// <summary>One line for the clock, whoever asks for it.</summary>
public sealed class ClockCheckTests
{
    [Theory]
    [InlineData("2026-11-22", true, true, "kept by a time server")]
    [InlineData("2026-11-22", false, true, "nobody vouches for it")]
    [InlineData("1970-01-01", false, false, "certainly wrong")]
    [InlineData("1970-01-01", true, false, "certainly wrong")]
    public void A_clock_is_told_as_it_is(string now, bool isKept, bool ok, string says)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        time.SetUtcNow(
            DateTimeOffset.Parse(
                now, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal));

        var line = ClockCheck.Line(new ClockQuality(time, isKept: () => isKept));

        Assert.Equal(("clock", ok), (line.Part, line.Ok));
        Assert.StartsWith(says, line.Text, StringComparison.Ordinal);
    }
}
