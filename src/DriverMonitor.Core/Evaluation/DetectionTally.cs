namespace DriverMonitor.Core.Evaluation;

/// <summary>What was labelled, found, missed and false of one class of events. Tallies add up over inputs.</summary>
public sealed record DetectionTally
{
    public int Labels { get; init; }

    /// <summary>Labels found, joined ones included.</summary>
    public int Found { get; init; }

    public int Joined { get; init; }

    /// <summary>Events found, split ones included; ignored ones not.</summary>
    public int Detections { get; init; }

    public int Split { get; init; }

    public int Ignored { get; init; }

    public int FalseOnes { get; init; }

    /// <summary>Found minus labelled start, seconds, of the pairs.</summary>
    public IReadOnlyList<double> OnsetErrors { get; init; } = [];

    /// <summary>Found minus labelled duration, seconds, of the pairs.</summary>
    public IReadOnlyList<double> DurationErrors { get; init; } = [];

    public int Missed => Labels - Found;

    /// <summary>Detections that are a label or a piece of one.</summary>
    public int TrueOnes => Detections - FalseOnes;

    public Estimate Recall => Enough.Share(Found, Labels, "labels");

    public Estimate Precision => Enough.Share(TrueOnes, Detections, "detections");

    public Estimate F1 =>
        Enough.Lacking(Labels, "labels") is { } lack
            ? Estimate.Missing(lack)
            : Estimate.Of(F1Of([this])!.Value, ProportionInterval.F1(Found, FalseOnes, Missed));

    public static DetectionTally Of(
        IReadOnlyList<TimeRange> labels, IReadOnlyList<TimeRange> found, IReadOnlyList<TimeRange> ignored, bool mayJoin)
    {
        var matched = EventMatching.Match(labels, found, ignored, mayJoin);
        return new()
        {
            Labels = labels.Count,
            Found = matched.Pairs.Count + matched.Joined.Count,
            Joined = matched.Joined.Count,
            Detections = found.Count - matched.Ignored.Count,
            Split = matched.Split.Count,
            Ignored = matched.Ignored.Count,
            FalseOnes = matched.FalseOnes.Count,
            OnsetErrors = [.. matched.Pairs.Select(pair => (found[pair.Found].From - labels[pair.Label].From).TotalSeconds)],
            DurationErrors =
                [.. matched.Pairs.Select(pair => (found[pair.Found].Duration - labels[pair.Label].Duration).TotalSeconds)],
        };
    }

    public static DetectionTally Sum(IEnumerable<DetectionTally> all)
    {
        var list = all.ToList();
        return new()
        {
            Labels = list.Sum(one => one.Labels),
            Found = list.Sum(one => one.Found),
            Joined = list.Sum(one => one.Joined),
            Detections = list.Sum(one => one.Detections),
            Split = list.Sum(one => one.Split),
            Ignored = list.Sum(one => one.Ignored),
            FalseOnes = list.Sum(one => one.FalseOnes),
            OnsetErrors = [.. list.SelectMany(one => one.OnsetErrors)],
            DurationErrors = [.. list.SelectMany(one => one.DurationErrors)],
        };
    }

    /// <summary>2TP / (2TP + FP + FN) of all together; null where nothing was labelled or found.</summary>
    public static double? F1Of(IReadOnlyList<DetectionTally> all)
    {
        var sum = Sum(all);
        var whole = 2.0 * sum.Found + sum.FalseOnes + sum.Missed;
        return whole > 0 ? 2 * sum.Found / whole : null;
    }

    /// <summary>Share of labels found, of all together; null without a label.</summary>
    public static double? RecallOf(IReadOnlyList<DetectionTally> all) =>
        all.Sum(one => one.Labels) is > 0 and var labels ? all.Sum(one => one.Found) / (double)labels : null;
}
