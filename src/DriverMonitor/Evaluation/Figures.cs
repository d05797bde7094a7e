using DriverMonitor.Core.Evaluation;

namespace DriverMonitor.Evaluation;

/// <summary>All figures of an evaluation: of everything together, and under each declared heading.</summary>
internal sealed record Figures(EvaluationSet Set, IReadOnlyList<ItemOutcome> Outcomes, IReadOnlyList<string> Failed)
{
    public HeadingFigures All { get; } = HeadingFigures.Of("all", Outcomes);

    /// <summary>By subject, group and condition; a heading that holds everything adds nothing and is left out.</summary>
    public IReadOnlyList<HeadingFigures> By { get; } =
    [
        .. Outcomes.SelectMany(outcome => outcome.Item.Headings().Select(name => (name, outcome)))
            .GroupBy(pair => pair.name, pair => pair.outcome)
            .Where(group => group.Count() < Outcomes.Count)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => HeadingFigures.Of(group.Key, [.. group])),
    ];
}

/// <summary>The figures of some inputs.</summary>
internal sealed record HeadingFigures(
    string Name,
    int Inputs,
    int Subjects,
    TimeSpan Lasted,
    Estimate FaceCoverage,
    Estimate EyeCoverage,
    IReadOnlyList<EventFigures> Events,
    AlertFigures Alerts,
    IReadOnlyList<DueFigures> Due,
    IReadOnlyList<CurveFigures> Curves,
    IReadOnlyList<ShownFigures> Shown,
    IReadOnlyList<(string Input, HeartFigure Figure)> Heart,
    IReadOnlyList<SenseFigures> Senses)
{
    public static HeadingFigures Of(string name, IReadOnlyList<ItemOutcome> outcomes)
    {
        var bySubject = outcomes.GroupBy(outcome => outcome.Item.Subject).Select(group => group.ToList()).ToList();
        return new(
            name,
            outcomes.Count,
            bySubject.Count,
            TimeSpan.FromTicks(outcomes.Sum(outcome => outcome.Lasted.Ticks)),
            Covered(outcomes, outcome => outcome.Faces),
            Covered(outcomes, outcome => outcome.EyesJudged),
            [
                .. outcomes.SelectMany(outcome => outcome.Events.Keys).Distinct().Order()
                    .Select(label => EventFigures.Of(label, bySubject)),
            ],
            AlertFigures.Of(outcomes),
            [
                .. outcomes.SelectMany(outcome => outcome.Due).GroupBy(due => due.Class).OrderBy(group => group.Key)
                    .Select(group => DueFigures.Of(group.Key, [.. group])),
            ],
            [.. CurveFigures.All(bySubject)],
            [
                .. outcomes.Where(outcome => outcome.Shown is not null).GroupBy(outcome => outcome.Shown!.Class)
                    .OrderBy(group => group.Key).Select(group => ShownFigures.Of(group.Key,
                        [.. group.Select(one => one.Shown!)])),
            ],
            [.. outcomes.SelectMany(outcome => outcome.Heart.Select(figure => (outcome.Item.Name, figure)))],
            SenseFigures.All(outcomes));
    }

    private static Estimate Covered(IReadOnlyList<ItemOutcome> outcomes, Func<ItemOutcome, int> count) =>
        outcomes.Sum(outcome => (long)outcome.Pictures) is > 0 and var all
            ? Estimate.Of(outcomes.Sum(outcome => (long)count(outcome)) / (double)all, null)
            : Estimate.Missing("no picture");
}
