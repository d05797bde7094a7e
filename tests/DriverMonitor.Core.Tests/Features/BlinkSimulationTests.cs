using DriverMonitor.Core.Features;
using Xunit.Abstractions;

namespace DriverMonitor.Core.Tests.Features;

/// <summary>
/// Blinks of known length through the closure machine: cosine lids (closing 70 ms, reopening 140 ms, scaled for shorter
/// blinks), times that wander by a tenth of the interval, 12 ms of exposure, noise of 0.03 on the openness.
/// </summary>
public class BlinkSimulationTests(ITestOutputHelper output)
{
    private const int Blinks = 1000;

    [Theory]
    [InlineData(10, 100, 0.85, 13, 31)]
    [InlineData(10, 150, 0.99, 5, 28)]
    [InlineData(10, 200, 1.00, 5, 18)]
    [InlineData(15, 100, 0.99, 5, 15)]
    [InlineData(15, 150, 1.00, 5, 13)]
    [InlineData(15, 300, 1.00, 5, 13)]
    [InlineData(20, 150, 1.00, 5, 9)]
    [InlineData(30, 150, 1.00, 5, 7)]
    public void Blinks_are_found_and_timed(
        double framesPerSecond, double trueMs, double leastFound, double mostBiasMs, double mostErrorMs)
    {
        var chance = new Random(1);
        var durations = new List<double>();
        for (var i = 0; i < Blinks; i++)
        {
            if (Measured(framesPerSecond, trueMs, chance) is { } ms) durations.Add(ms - trueMs);
        }

        var found = durations.Count / (double)Blinks;
        var bias = durations.Average();
        var error = Math.Sqrt(durations.Average(d => d * d));
        output.WriteLine($"{framesPerSecond} fps, {trueMs} ms: found {found:P1}, bias {bias:0.0} ms, RMSE {error:0.0} ms");
        Assert.True(found >= leastFound, $"found {found:P1}");
        Assert.InRange(bias, -mostBiasMs, mostBiasMs);
        Assert.InRange(error, 0, mostErrorMs);
    }

    private static double? Measured(double framesPerSecond, double trueMs, Random chance)
    {
        var machine = new ClosureDetector(new());
        var startMs = 500 + chance.NextDouble() * 1000 / framesPerSecond;
        double? longest = null;
        for (var frame = 0; frame < 1.5 * framesPerSecond; frame++)
        {
            var ms = (frame + (chance.NextDouble() - 0.5) * 0.2) * 1000 / framesPerSecond;
            var openness = Math.Clamp(
                (Lid(ms - startMs - 6, trueMs) + Lid(ms - startMs + 6, trueMs)) / 2 + Noise(chance), 0, 1.2);
            if (machine.Update(TimeSpan.FromMilliseconds(ms + 100), openness) is { } closure)
                longest = Math.Max(longest ?? 0, closure.Duration.TotalMilliseconds);
        }

        return longest;
    }

    /// <summary>Openness at a time after the lids began to fall.</summary>
    private static double Lid(double ms, double trueMs)
    {
        var scale = Math.Min(1, trueMs / 105);
        double closing = 70 * scale, reopening = 140 * scale, shut = trueMs - (closing + reopening) / 2;
        return ms < 0 ? 1
            : ms < closing ? (1 + Math.Cos(Math.PI * ms / closing)) / 2
            : ms < closing + shut ? 0
            : ms < closing + shut + reopening ? (1 - Math.Cos(Math.PI * (ms - closing - shut) / reopening)) / 2
            : 1;
    }

    private static double Noise(Random chance) =>
        0.03 * Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());
}
