using System.Globalization;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Conformance;

/// <summary>What the bench found about one rule, over all variants.</summary>
/// <param name="Deviations">Seconds before (-) or after (+) the limit, for every variant that said it, and seconds that no
/// picture showed.</param>
/// <param name="Unsaid">The variants that never said it.</param>
/// <param name="SaidBelow">The variants that said it below the limit.</param>
public sealed record Finding(
    TimedRule Rule,
    IReadOnlyList<(double By, Variant Where, double Unseen)> Deviations,
    IReadOnlyList<Variant> Unsaid,
    IReadOnlyList<Variant> SaidBelow)
{
    public double Earliest => Deviations.Select(d => d.By).DefaultIfEmpty().Min();

    public double Latest => Deviations.Select(d => d.By).DefaultIfEmpty().Max();

    /// <summary>The variant that strays farthest.</summary>
    public Variant Worst => Deviations.OrderBy(d => Off(d.By)).LastOrDefault().Where;

    /// <summary>The variants that stray too far.</summary>
    public IEnumerable<string> TooFar =>
        Deviations.Where(d => Off(d.By) > TimedRule.Tolerance + d.Unseen).Select(d => $"{d.By:+0.000;-0.000} s at {d.Where}");

    private double Off(double by) => Rule.Measured == Measured.Deadline ? by : Math.Abs(by);
}

/// <summary>Runs both drives of a rule through the product's own pipeline, in every variant.</summary>
public static class Bench
{
    public static Finding Run(TimedRule rule)
    {
        var off = new List<(double By, Variant Where, double Unseen)>();
        var unsaid = new List<Variant>();
        var below = new List<Variant>();
        foreach (var variant in Variant.Every)
        {
            if (Said(rule, rule.StaysBelow, variant) is not null)
                below.Add(variant);
            if (rule.Measured == Measured.Silence)
                continue;
            if (Said(rule, rule.Reaches, variant) is { } said)
                off.Add((Deviation(rule, said, variant), variant, rule.IsSum ? Unseen(rule, variant) : 0));
            else
                unsaid.Add(variant);
        }

        return new(rule, off, unsaid, below);
    }

    private static double Deviation(TimedRule rule, MonitorEvent said, Variant variant) => rule.Measured == Measured.Length
        ? LengthOf(said).TotalSeconds - rule.Seconds
        : said.At.TotalSeconds - variant.OnsetAfter(rule.Lead) - rule.Seconds;

    /// <summary>A picture lost just where the eyes move hides up to half an interval of where they were.</summary>
    private static double Unseen(TimedRule rule, Variant variant)
    {
        var pictures = Script(rule, rule.Reaches, variant)
            .TakeWhile(seen => seen.At.TotalSeconds < variant.OnsetAfter(rule.Lead) + rule.Seconds)
            .ToArray();
        var hidden = Enumerable
            .Range(1, Math.Max(0, pictures.Length - 2))
            .Count(i => variant.Loses(i) && pictures[i - 1].Face?.Head != pictures[i + 1].Face?.Head);
        return hidden / variant.Rate / 2;
    }

    private static MonitorEvent? Said(TimedRule rule, string script, Variant variant)
    {
        var pipeline = new MonitorPipeline(new());
        var onset = variant.OnsetAfter(rule.Lead);
        foreach (var observation in variant.Of(Script(rule, script, variant)))
        {
            foreach (var happened in pipeline.Step(observation).Events)
                if (happened.At.TotalSeconds >= onset && Timeline.Text(happened).StartsWith(rule.Said, StringComparison.Ordinal))
                    return happened;
        }

        return null;
    }

    private static IEnumerable<Observation> Script(TimedRule rule, string script, Variant variant)
    {
        var lead = string.Create(CultureInfo.InvariantCulture, $"{variant.OnsetAfter(rule.Lead):0.000000}s open gaze 0 0 {rule.Before}; ");
        return Drive.Of(lead + script, variant.Rate);
    }

    private static TimeSpan LengthOf(MonitorEvent said) => said switch
    {
        MonitorEvent.Eyelids e => e.Duration,
        MonitorEvent.Yawn e => e.Duration,
        MonitorEvent.LookAway e => e.Duration,
        _ => throw new ArgumentOutOfRangeException(nameof(said), "Has no length."),
    };
}
