using System.Globalization;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.HeartRate;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>
/// Half an hour with a bit of everything, scored to a millionth as it was when the numbers were last looked at. A change of
/// them is a commit of its own, with its reason.
/// </summary>
public class GoldenTripTests
{
    private const double Tolerance = 1e-6;

    private const string Trip =
        "420s blinking smile 0 angry 0.05 gaze 0 0 speed 90; 4s mouth 0.6 lids 0.5; 100s blinking gaze 0 0; 3.5s yaw 40; " +
        "240s drowsy; 1.4s shut; 120s drowsy; 60s blinking sunglasses; 120s blinking scowl 0.9 angry 0.8; 30s noface; " +
        "300s blinking gaze 0 0; 3.4s shut; 400s blinking gaze 0 0 speed 0";

    [Fact]
    public void Scores_of_half_an_hour_are_the_golden_ones()
    {
        var settings = new MonitorSettings
        {
            Anger = new AngerSettings { Enabled = true },
            Stress = new StressSettings { Enabled = true },
        };
        var strap = new ScriptedStrap(Series.Waves(2000));
        var pipeline = new MonitorPipeline(settings);
        var lines = new List<string> { "at,fatigue,confidence,lo,hi,stress,anger,distraction" };
        var frame = 0;
        foreach (var seen in Drive.Of(Trip, framesPerSecond: 15))
        {
            var heart = frame++ % 15 == 14 ? strap.Packet(seen.At.TotalSeconds) : (HeartPacket?)null;
            var night = new WallClock(new DateTimeOffset(2026, 11, 22, 2, 0, 0, TimeSpan.Zero) + seen.At, Trusted: true);
            if (pipeline.Step(seen with { Heart = heart, Wall = night }).Scores is { } s && (int)s.At.TotalSeconds % 20 == 0)
                lines.Add(
                    Line(
                        s.At.TotalSeconds,
                        s.Fatigue.P,
                        s.Fatigue.Confidence,
                        s.Fatigue.Lo,
                        s.Fatigue.Hi,
                        s.Stress.P,
                        s.Anger.P,
                        s.Distraction.P));
        }

        if (Environment.GetEnvironmentVariable("TRIP_WRITE") is { Length: > 0 }) File.WriteAllLines(GoldenFile, lines);
        Compare(File.ReadAllLines(GoldenFile), lines);
    }

    private static string GoldenFile =>
        Path.Combine(Path.GetDirectoryName(Conformance.ConformancePage.Path)!, "DriverMonitor.Core.Tests", "Stories", "trip.csv");

    private static void Compare(string[] golden, List<string> lines)
    {
        Assert.Equal(golden.Length, lines.Count);
        Assert.True(golden.Length > 80);
        for (var i = 1; i < golden.Length; i++)
        {
            var (expected, actual) = (Numbers(golden[i]), Numbers(lines[i]));
            for (var column = 0; column < expected.Length; column++)
                Assert.True(Math.Abs(expected[column] - actual[column]) <= Tolerance, $"line {i + 1}\n{golden[0]}\ngolden {golden[i]}\nnow    {lines[i]}");
        }
    }

    private static string Line(params ReadOnlySpan<double> values)
    {
        var fields = new List<string>();
        foreach (var value in values) fields.Add(value.ToString("F9", CultureInfo.InvariantCulture));
        return string.Join(',', fields);
    }

    private static double[] Numbers(string line) =>
        Array.ConvertAll(line.Split(','), field => double.Parse(field, CultureInfo.InvariantCulture));
}
