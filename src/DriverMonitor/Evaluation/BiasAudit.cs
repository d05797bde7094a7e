using DriverMonitor.Core.Evaluation;

namespace DriverMonitor.Evaluation;

/// <summary>Whether declared groups are served alike, by the rule of <see cref="GapVerdict"/>.</summary>
internal sealed record BiasAudit(EvaluationSet Set, IReadOnlyList<BiasRow> Rows, IReadOnlyList<NeutralFalse> Neutral)
{
    public static BiasAudit Of(Figures figures)
    {
        var rows = new List<BiasRow>();
        var traits = figures.Outcomes.SelectMany(outcome => outcome.Item.Groups.Keys).Distinct().Order(StringComparer.Ordinal);
        foreach (var trait in traits)
        {
            var having = figures.Outcomes.Where(outcome => outcome.Item.Groups.ContainsKey(trait)).ToList();
            foreach (var group in having.GroupBy(outcome => outcome.Item.Groups[trait]))
                rows.AddRange(Compare(trait, group.Key, [.. group], [.. having.Except(group)]));
        }

        return new(figures.Set, rows, [.. NeutralFalse.Of(figures.Outcomes)]);
    }

    /// <summary>A difference was found, or anger is seen in neutral faces too often.</summary>
    public bool HasFailed => Rows.Any(row => row.Gap.Verdict == GapVerdict.Difference) || Neutral.Any(one => !one.MayBeOn);

    private static IEnumerable<BiasRow> Compare(
        string trait, string value, IReadOnlyList<ItemOutcome> group, IReadOnlyList<ItemOutcome> others)
    {
        if (others.Count == 0) yield break;
        foreach (var label in group.SelectMany(one => one.Events.Keys).Distinct().Order())
        {
            var (own, rest) = (Sum(group, label), Sum(others, label));
            if (own.Labels + rest.Labels > 0)
                yield return new(
                    trait, $"{LabelNames.Of(label)} found", GroupGap.Of(value, own.Found, own.Labels, rest.Found, rest.Labels));
            if (own.Detections + rest.Detections > 0)
                yield return new(
                    trait, $"{LabelNames.Of(label)} false",
                    GroupGap.Of(value, own.FalseOnes, own.Detections, rest.FalseOnes, rest.Detections));
        }

        foreach (var label in group.Where(one => one.Shown is not null).Select(one => one.Shown!.Class).Distinct().Order())
        {
            foreach (var isPositive in new[] { true, false })
            {
                var (own, rest) = (Shown(group, label, isPositive), Shown(others, label, isPositive));
                if (own.All + rest.All > 0)
                    yield return new(
                        trait, $"{LabelNames.Of(label)} seen where {(isPositive ? "shown" : "not shown")}",
                        GroupGap.Of(value, own.Found, own.All, rest.Found, rest.All));
            }
        }

        var (seen, pictures) = (group.Sum(one => (long)one.EyesJudged), group.Sum(one => (long)one.Pictures));
        var (otherSeen, otherPictures) = (others.Sum(one => (long)one.EyesJudged), others.Sum(one => (long)one.Pictures));
        if (pictures > 0 && otherPictures > 0)
            yield return new(trait, "pictures with eyes judged", GroupGap.Of(value, seen, pictures, otherSeen, otherPictures));
    }

    private static DetectionTally Sum(IReadOnlyList<ItemOutcome> outcomes, LabelClass label) =>
        DetectionTally.Sum(outcomes.Where(one => one.Events.ContainsKey(label)).Select(one => one.Events[label]));

    private static (int Found, int All) Shown(IReadOnlyList<ItemOutcome> outcomes, LabelClass label, bool isPositive)
    {
        var shown = outcomes.Select(one => one.Shown)
            .Where(one => one is { IsFound: not null } && one.Class == label && one.IsPositive == isPositive).ToList();
        return (shown.Count(one => one!.IsFound == true), shown.Count);
    }
}

/// <summary>One figure of one group against all the others of its trait.</summary>
internal sealed record BiasRow(string Trait, string Figure, GroupGap Gap);

/// <summary>How often a neutral face is read as angry.</summary>
/// <param name="Group">Whose; "all" together.</param>
internal sealed record NeutralFalse(string Group, int False, int Trials)
{
    public Estimate Share => Enough.Share(False, Trials, "neutral inputs");

    /// <summary>The same decision that the service takes when it reads the audit.</summary>
    public bool MayBeOn => AngerLimit.MayBeOn(False, Trials);

    public static IEnumerable<NeutralFalse> Of(IReadOnlyList<ItemOutcome> outcomes)
    {
        var neutral = outcomes.Where(one => one.Shown is { Class: LabelClass.Angry, IsPositive: false,
            IsFound: not null }).ToList();
        if (neutral.Count == 0) yield break;
        yield return Count("all", neutral);
        foreach (var group in neutral.SelectMany(one => one.Item.Groups.Select(trait => ($"{trait.Key}: {trait.Value}", one)))
            .GroupBy(pair => pair.Item1, pair => pair.one).OrderBy(group => group.Key, StringComparer.Ordinal))
            yield return Count(group.Key, [.. group]);
    }

    private static NeutralFalse Count(string group, List<ItemOutcome> neutral) =>
        new(group, neutral.Count(one => one.Shown!.IsFound == true), neutral.Count);
}
