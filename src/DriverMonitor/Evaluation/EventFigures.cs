using DriverMonitor.Core.Evaluation;

namespace DriverMonitor.Evaluation;

/// <summary>How well one class of events is found.</summary>
/// <param name="Method">Of the intervals: by subject where there are enough of them, else as if events were independent.</param>
internal sealed record EventFigures(
    LabelClass Class, DetectionTally Tally, Estimate Precision, Estimate Recall, Estimate F1, TimeError? Onset,
        TimeError? Duration,
    string Method)
{
    public static EventFigures Of(LabelClass label, List<List<ItemOutcome>> bySubject)
    {
        var subjects = bySubject.Select(subject => DetectionTally.Sum(Of(label, subject)))
            .Where(one => one.Labels + one.Detections > 0)
            .ToList();
        var all = DetectionTally.Sum(subjects);
        return new(
            label, all,
            Widened(all.Precision, subjects, some => Share(some.Sum(one => one.TrueOnes), some.Sum(one => one.Detections))),
            Widened(all.Recall, subjects, DetectionTally.RecallOf),
            Widened(all.F1, subjects, DetectionTally.F1Of),
            TimeError.Of(all.OnsetErrors), TimeError.Of(all.DurationErrors),
            subjects.Count >= SubjectBootstrap.FewestSubjects ? "bootstrap by subject" : "Wilson");
    }

    private static IEnumerable<DetectionTally> Of(LabelClass label, IEnumerable<ItemOutcome> outcomes) =>
        outcomes.Where(outcome => outcome.Events.ContainsKey(label)).Select(outcome => outcome.Events[label]);

    private static double? Share(int some, int all) => all > 0 ? some / (double)all : null;

    /// <summary>
    /// Where all subjects agree, resampling them claims certainty: the wider of both intervals is given.
    /// </summary>
    private static Estimate Widened(
        Estimate independent, List<DetectionTally> subjects, Func<IReadOnlyList<DetectionTally>, double?> figure)
    {
        if (independent.Value is null || SubjectBootstrap.Of(subjects, figure) is not { } drawn) return independent;
        return independent with { Lo = Math.Min(independent.Lo!.Value, drawn.Lo), Hi = Math.Max(independent.Hi!.Value,
            drawn.Hi) };
    }
}

/// <summary>
/// Errors of times in seconds, found minus labelled: the middle one, and how far off nineteen of twenty are at most.
/// </summary>
internal sealed record TimeError(double Median, double Most95)
{
    /// <summary>Null for fewer than ten.</summary>
    public static TimeError? Of(IReadOnlyList<double> errors)
    {
        if (Enough.Lacking(errors.Count, "events") is not null) return null;
        return new(
            Quantiles.OfSorted([.. errors.Order()], 0.5), Quantiles.OfSorted([.. errors.Select(Math.Abs).Order()], 0.95));
    }
}
