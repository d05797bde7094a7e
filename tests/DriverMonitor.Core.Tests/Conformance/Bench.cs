using System.Globalization;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Conformance;

/// <summary>What the bench found about one rule, over all variants.</summary>
/// <param name="Deviations">Seconds before (-) or after (+) the limit, for every variant that said it.</param>
/// <param name="Unsaid">The variants that never said it.</param>
/// <param name="SaidBelow">The variants that said it below the limit.</param>
public sealed record Finding(TimedRule Rule, IReadOnlyList<(double By, Variant Where)> Deviations, IReadOnlyList<Variant> Unsaid, IReadOnlyList<Variant> SaidBelow)
{
    public double Earliest => Deviations.Select(d => d.By).DefaultIfEmpty().Min();

    public double Latest => Deviations.Select(d => d.By).DefaultIfEmpty().Max();

    /// <summary>The variant that strays farthest.</summary>
    public Variant Worst => Deviations.OrderBy(d => Off(d.By)).LastOrDefault().Where;

    /// <summary>The variants that stray too far.</summary>
    public IEnumerable<string> TooFar => Deviations.Where(d => Off(d.By) > d.Where.Tolerance).Select(d => $"{d.By:+0.000;-0.000} s at {d.Where}");

    private double Off(double by) => Rule.Measured == Measured.Deadline ? by : Math.Abs(by);
}

/// <summary>Runs both drives of a rule through the product's own pipeline, in every variant.</summary>
public static class Bench
{
    public static Finding Run(TimedRule rule)
    {
        var off = new List<(double By, Variant Where)>();
        var unsaid = new List<Variant>();
        var below = new List<Variant>();
        foreach (var variant in Variant.Every)
        {
            if (Said(rule, rule.StaysBelow, variant) is not null) below.Add(variant);
            if (rule.Measured == Measured.Silence) continue;
            if (Said(rule, rule.Reaches, variant) is { } said) off.Add((Deviation(rule, said, variant), variant));
            else unsaid.Add(variant);
        }

        return new(rule, off, unsaid, below);
    }

    private static double Deviation(TimedRule rule, MonitorEvent said, Variant variant) => rule.Measured == Measured.Length
        ? LengthOf(said).TotalSeconds - rule.Seconds
        : said.At.TotalSeconds - variant.Onset - rule.Seconds;

    private static MonitorEvent? Said(TimedRule rule, string script, Variant variant)
    {
        var pipeline = new MonitorPipeline(new());
        var lead = string.Create(CultureInfo.InvariantCulture, $"{variant.Onset:0.000000}s open gaze 0 0 {rule.Before}; ");
        foreach (var observation in variant.Of(Drive.Of(lead + script, variant.Rate)))
        {
            foreach (var happened in pipeline.Step(observation).Events)
                if (happened.At.TotalSeconds >= variant.Onset && Timeline.Text(happened).StartsWith(rule.Said, StringComparison.Ordinal)) return happened;
        }

        return null;
    }

    private static TimeSpan LengthOf(MonitorEvent said) => said switch
    {
        MonitorEvent.Eyelids e => e.Duration,
        MonitorEvent.Yawn e => e.Duration,
        MonitorEvent.LookAway e => e.Duration,
        _ => throw new ArgumentOutOfRangeException(nameof(said), "Has no length."),
    };
}
