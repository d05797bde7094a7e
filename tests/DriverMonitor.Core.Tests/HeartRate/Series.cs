using DriverMonitor.Core.HeartRate;

namespace DriverMonitor.Core.Tests.HeartRate;

/// <summary>Interval series made by formula, and plain lists as beats.</summary>
internal static class Series
{
    /// <summary>850 ms with two breathing-like waves, for so many seconds.</summary>
    public static double[] Waves(double seconds)
    {
        List<double> rr = [];
        for (double t = 0; t < seconds; t += rr[^1] / 1000)
            rr.Add(Math.Floor(850 + 40 * Math.Sin(2 * Math.PI * 0.10 * t) + 25 * Math.Sin(2 * Math.PI * 0.25 * t) + 0.5));
        return [.. rr];
    }

    public static Beat[] Beats(IReadOnlyList<double> rr, HeartSettings? settings = null)
    {
        var rule = new TwentyPercentRule(settings ?? new());
        var beats = new Beat[rr.Count];
        var at = TimeSpan.Zero;
        for (int i = 0; i < beats.Length; i++)
        {
            at += TimeSpan.FromMilliseconds(rr[i]);
            beats[i] = new(at, rr[i], 0, rule.Keep(rr[i]));
        }

        return beats;
    }

    public static HeartVariability Measure(IReadOnlyList<double> rr) =>
        HeartVariability.Of(Beats(rr), [.. Enumerable.Repeat(true, rr.Count)]);

    public static HeartSummary Summary(IReadOnlyList<double> rr) => HeartSummary.Of(Beats(rr), new())!;
}
