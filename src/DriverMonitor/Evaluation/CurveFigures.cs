using DriverMonitor.Core.Evaluation;

namespace DriverMonitor.Evaluation;

/// <summary>
/// How well a score tells a labelled state, or shut eyes, from their opposite, and whether it is a probability.
/// </summary>
/// <param name="Name">What is told apart, and per what.</param>
/// <param name="Curve">Null where the area is insufficient.</param>
/// <param name="Reliability">Null for scores that are no probabilities, and where data are insufficient.</param>
internal sealed record CurveFigures(
    string Name, LabelClass Class, Estimate Area, RocCurve? Curve, Estimate Brier, Reliability? Reliability)
{
    private static readonly LabelClass[] States = [LabelClass.Drowsy, LabelClass.Stressed, LabelClass.Angry];

    public static IEnumerable<CurveFigures> All(List<List<ItemOutcome>> bySubject)
    {
        var eyes = bySubject.Select(subject => (IReadOnlyList<ScoredSample>)Join(subject.Select(one => one.EyeSamples)))
            .Where(one => one.Count > 0).ToList();
        var closures = bySubject.SelectMany(subject => subject)
            .Where(one => one.Events.ContainsKey(LabelClass.Closure)).Sum(one => one.Events[LabelClass.Closure].Labels);
        if (eyes.Count > 0) yield return Of("eyes shut, by picture", LabelClass.Closure, eyes, closures, isProbability: false);
        foreach (var state in States)
        {
            var (samples, stretches) = (new List<IReadOnlyList<ScoredSample>>(), 0);
            foreach (var subject in bySubject)
            {
                var own = subject.Where(one => one.StateSamples.ContainsKey(state))
                    .Select(one => one.StateSamples[state]).ToList();
                if (own.Count > 0) samples.Add(Join(own));
                stretches += own.Count;
            }

            if (samples.Count > 0)
                yield return Of($"{LabelNames.Of(state)}, by second", state, samples, stretches, isProbability: true);
            foreach (var sense in bySubject.SelectMany(subject => subject).SelectMany(one => one.Without)
                .Where(one => one.StateSamples.ContainsKey(state)).Select(one => one.Sense).Distinct().Order())
                yield return Without(state, sense, bySubject);
        }
    }

    /// <summary>The curve of all inputs that have a sense, judged without it.</summary>
    private static CurveFigures Without(LabelClass state, string sense, List<List<ItemOutcome>> bySubject)
    {
        var (samples, stretches) = (new List<IReadOnlyList<ScoredSample>>(), 0);
        foreach (var subject in bySubject)
        {
            var own = subject.SelectMany(one => one.Without)
                .Where(one => one.Sense == sense && one.StateSamples.ContainsKey(state))
                .Select(one => one.StateSamples[state]).ToList();
            if (own.Count > 0) samples.Add(Join(own));
            stretches += own.Count;
        }

        return Of(
            $"{LabelNames.Of(state)}, by second, without {sense}", state, samples, stretches, isProbability: true);
    }

    /// <param name="subjects">Samples of each person.</param>
    /// <param name="stretches">Labelled stretches behind them: seconds of one stretch are one another's echo.</param>
    private static CurveFigures Of(
        string name, LabelClass label, List<IReadOnlyList<ScoredSample>> subjects, int stretches, bool isProbability)
    {
        var curve = RocCurve.Of(Join(subjects));
        var lack = Enough.Lacking(stretches, isProbability ? "labelled inputs" : "labels")
            ?? (curve is null ? "one of both classes is absent" : null);
        if (lack is not null) return new(name, label, Estimate.Missing(lack), null, Estimate.Missing(lack), null);
        // A curve of each draw sorts all its samples: they are thinned so that hours cost no more than minutes.
        var thin = subjects.Select(Thinned).ToList();
        var area = Estimate.Of(curve!.Area, SubjectBootstrap.Of(thin, some => RocCurve.Of(Join(some))?.Area));
        if (!isProbability) return new(name, label, area, curve, Estimate.Missing("no probability"), null);
        var reliability = Reliability.Of(Join(subjects))!;
        var brier = Estimate.Of(
            reliability.Brier, SubjectBootstrap.Of(thin, some => Reliability.Of(Join(some))?.Brier));
        return new(name, label, area, curve, brier, reliability);
    }

    private static List<ScoredSample> Thinned(IReadOnlyList<ScoredSample> all)
    {
        var every = Math.Max(1, all.Count / 200);
        return [.. all.Where((_, i) => i % every == 0)];
    }

    private static List<ScoredSample> Join(IEnumerable<IReadOnlyList<ScoredSample>> all) => [.. all.SelectMany(one => one)];
}

/// <summary>Stills, or whole videos, that show something or its opposite.</summary>
internal sealed record ShownFigures(
    LabelClass Class, int Positives, int Negatives, int NotSeen, Estimate Recall, Estimate Specificity, Estimate Precision,
    Estimate Area, RocCurve? Curve)
{
    public static ShownFigures Of(LabelClass label, IReadOnlyList<ShownResult> all)
    {
        var seen = all.Where(one => one.IsFound is not null).ToList();
        var (positives, negatives) = (seen.Count(one => one.IsPositive), seen.Count(one => !one.IsPositive));
        var (hits, alarms) = (
            seen.Count(one => one is { IsPositive: true, IsFound: true }), seen.Count(one => one is { IsPositive: false,
                IsFound: true }));
        var curve = RocCurve.Of(seen.Where(one => one.Score is not null).Select(one => new ScoredSample(one.Score!.Value,
            one.IsPositive)));
        var lack = Enough.Lacking(positives, "positive inputs") ?? Enough.Lacking(negatives, "negative inputs");
        return new(
            label, positives, negatives, all.Count - seen.Count,
            Enough.Share(hits, positives, "positive inputs"),
            Enough.Share(negatives - alarms, negatives, "negative inputs"),
            lack is null ? Enough.Share(hits, hits + alarms, "detections") : Estimate.Missing(lack),
            lack is null ? Estimate.Of(curve!.Area, curve.IndependentInterval()) : Estimate.Missing(lack),
            lack is null ? curve : null);
    }
}
