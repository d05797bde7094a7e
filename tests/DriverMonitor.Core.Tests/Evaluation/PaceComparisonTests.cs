using DriverMonitor.Core.Evaluation;

namespace DriverMonitor.Core.Tests.Evaluation;

/// <summary>A difference counts only beyond noise.</summary>
public sealed class PaceComparisonTests
{
    [Theory]
    [InlineData("4.0 4.1 4.0 4.2 4.1", "4.1 4.0 4.2 4.0 4.1", PaceVerdict.NoDifference)]
    [InlineData("4.0 4.1 4.0 4.2 4.1", "5.0 5.1 5.0 5.2 5.1", PaceVerdict.Slower)]
    [InlineData("4.0 4.1 4.0 4.2 4.1", "3.0 3.1 3.0 3.2 3.1", PaceVerdict.Faster)]
    [InlineData("4.0 4.1 4.0 4.2 4.1", "4.1 4.15 4.1 4.2 4.1", PaceVerdict.NoDifference)] // two percent come and go
    [InlineData("4.0 9.0 4.0 7.0 5.0", "5.0 4.0 8.0 6.0 9.0", PaceVerdict.NoDifference)] // a busy machine tells nothing
    [InlineData("4.0 4.0 4.0 4.0", "9.0 9.0 9.0 9.0", PaceVerdict.TooFewPasses)]
    public void Passes_are_compared_with_their_noise(string older, string newer, PaceVerdict expected) =>
        Assert.Equal(expected, PaceComparison.Of(Series(older), Series(newer)).Verdict);

    private static double[] Series(string text) =>
        [.. text.Split(' ').Select(one => double.Parse(one, System.Globalization.CultureInfo.InvariantCulture))];
}
