using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Evaluation.Labels;
using DriverMonitor.Files;

namespace DriverMonitor.Evaluation;

/// <summary>Compares what was found in a drive with what is labelled.</summary>
internal static class DriveComparison
{
    // Labels by eye are up to three pictures wrong: so near to an end no single picture is judged.
    private static readonly TimeSpan Border = TimeSpan.FromSeconds(0.15);

    // An alert is due for shut eyes of 1.5 s and glances of 3 s at speed; labels a little longer leave no doubt.
    private static readonly TimeSpan ClosureDue = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan GlanceDue = TimeSpan.FromSeconds(3.5);
    private static readonly TimeSpan AtTheEnd = TimeSpan.FromSeconds(0.25);

    /// <exception cref="InputException">A label cannot be understood, or two of one class overlap.</exception>
    /// <param name="less">The same drive without one sense at a time.</param>
    public static ItemOutcome Compare(EvaluationItem item, DriveCollector drive, SenseAblation? less = null)
    {
        var labels = Labels(item, drive);
        var covers = item.Covers.Concat(labels.Select(label => label.Class))
            .Where(LabelNames.IsEvent).ToHashSet();
        IReadOnlyList<TimeRange> ignored = Of(labels, LabelClass.Ignored);
        var (events, cut) = (new Dictionary<LabelClass, DetectionTally>(), 0);
        foreach (var covered in covers.Order())
        {
            var (given, found) = (Of(labels, covered), drive.FoundOf(covered));
            var whole = WithoutCut(given, found, drive.Until);
            cut += given.Count - whole.Count;
            events[covered] = DetectionTally.Of(whole, found, ignored, LabelNames.MayJoin(covered));
        }

        return new(item)
        {
            Lasted = drive.Until,
            Pictures = drive.Pictures.Count,
            Faces = drive.Faces,
            EyesJudged = drive.Closures.Count(closure => !float.IsNaN(closure)),
            Events = events,
            Cut = cut,
            Alerts = Alerts(drive, labels, covers, item.State is not null),
            Due = [.. Due(drive, labels, LabelClass.Closure, ClosureDue), .. Due(drive, labels, LabelClass.LookAway, GlanceDue)],
            EyeSamples = covers.Contains(LabelClass.Closure) ? EyeSamples(drive, Of(labels, LabelClass.Closure), ignored) : [],
            StateSamples = StateSamples(drive, labels),
            States = StateTally.Of(drive.Seconds),
            Without =
            [
                .. from one in less?.Without ?? []
                   select new WithoutSense(one.Sense, StateTally.Of(one.Found.Seconds), StateSamples(one.Found, labels)),
            ],
            Shown = Shown(item, drive),
        };
    }

    private static List<Label> Labels(EvaluationItem item, DriveCollector drive)
    {
        var labels = new List<Label>();
        foreach (var raw in item.Spelt)
            if (LabelNames.Parse(raw.Word) is { } known) labels.Add(new(known, raw.On(drive.Pictures)));
        foreach (var source in item.Labels)
        {
            var seen = new List<Label>();
            foreach (var raw in LabelFile.Read(source))
                if (LabelFile.ClassOf(raw.Word, source) is { } known) seen.Add(new(known, raw.On(drive.Pictures)));
            labels.AddRange(seen);
        }

        if (item.State is { } state) labels.Add(new(state, new(TimeSpan.Zero, drive.Until)));
        labels.Sort((a, b) => a.Range.From.CompareTo(b.Range.From));
        foreach (var kind in labels.GroupBy(label => label.Class))
        {
            foreach (var (one, next) in kind.Zip(kind.Skip(1)))
            {
                if (next.Range.From < one.Range.Until)
                    throw new InputException(
                        $"{item.Name}: two labels '{LabelNames.Of(kind.Key)}' overlap at {next.Range.From.TotalSeconds:F2} s. Name one \"tier\", or join them.");
            }
        }

        return labels;
    }

    private static List<TimeRange> Of(List<Label> labels, LabelClass kind) =>
        [.. labels.Where(label => label.Class == kind).Select(label => label.Range)];

    /// <summary>What is still under way at the input's end has no end to be reported.</summary>
    private static List<TimeRange> WithoutCut(List<TimeRange> labels, IReadOnlyList<TimeRange> found, TimeSpan until) =>
        [.. labels.Where(label => label.Until < until - AtTheEnd || found.Any(range => range.Overlap(label) > TimeSpan.Zero))];

    private static List<JudgedAlert> Alerts(DriveCollector drive, List<Label> labels, HashSet<LabelClass> covers, bool hasState)
    {
        var known = hasState ? covers.Concat(labels.Select(label => label.Class)).ToHashSet() : covers;
        return
        [
            .. drive.Alerts.Where(alert => alert.Phase == Core.Events.AlertPhase.Raised).Select(alert =>
            {
                var (rule, state) = (AlertTable.NameOf(alert.Rule), AlertTable.StateOf(alert.Rule));
                var causes = AlertCauses.Of(rule, state);
                return new JudgedAlert(
                    rule, (int)alert.Level, alert.At, alert.Score,
                    causes is null || !causes.Classes.Any(known.Contains) ? null : causes.Explains(alert.At, labels));
            }),
        ];
    }

    private static IEnumerable<DueAlert> Due(DriveCollector drive, List<Label> labels, LabelClass kind, TimeSpan least)
    {
        foreach (var range in Of(labels, kind).Where(range => range.Duration >= least))
        {
            var came = drive.Alerts.Where(alert =>
                    AlertCauses.Of(AlertTable.NameOf(alert.Rule), AlertTable.StateOf(alert.Rule))?.Classes.Contains(kind) == true
                    && alert.At >= range.From && alert.At <= range.Until + TimeSpan.FromSeconds(0.5))
                .Select(alert => (TimeSpan?)(alert.At - range.From)).Min();
            yield return new(kind, range, came);
        }
    }

    private static List<ScoredSample> EyeSamples(DriveCollector drive, List<TimeRange> closures, IReadOnlyList<TimeRange> ignored)
    {
        var (samples, next) = (new List<ScoredSample>(), 0);
        for (var i = 0; i < drive.Pictures.Count; i++)
        {
            var at = drive.Pictures[i];
            while (next < closures.Count && closures[next].Until + Border <= at) next++;
            var near = next < closures.Count && closures[next].From - Border < at;
            var inside = near && closures[next].From + Border <= at && at < closures[next].Until - Border;
            if (near && !inside || float.IsNaN(drive.Closures[i])) continue;
            if (ignored.Any(range => range.From <= at && at <= range.Until)) continue;
            samples.Add(new(drive.Closures[i], inside));
        }

        return samples;
    }

    private static Dictionary<LabelClass, IReadOnlyList<ScoredSample>> StateSamples(DriveCollector drive, List<Label> labels)
    {
        var samples = new Dictionary<LabelClass, IReadOnlyList<ScoredSample>>();
        Add(LabelClass.Drowsy, LabelClass.Awake, second => second.Fatigue);
        Add(LabelClass.Stressed, LabelClass.Calm, second => second.Stress);
        Add(LabelClass.Angry, LabelClass.Neutral, second => second.Anger);
        return samples;

        void Add(LabelClass positive, LabelClass negative, Func<SecondScores, float> score)
        {
            var all = new List<ScoredSample>();
            foreach (var label in labels.Where(label => label.Class == positive || label.Class == negative))
                all.AddRange(drive.Seconds.Where(second => second.At >= label.Range.From && second.At < label.Range.Until)
                    .Where(second => !float.IsNaN(score(second)))
                    .Select(second => new ScoredSample(score(second), label.Class == positive)));
            if (all.Count > 0) samples[positive] = all;
        }
    }

    /// <summary>A video that holds an event, or none, at a time that nobody wrote down.</summary>
    private static ShownResult? Shown(EvaluationItem item, DriveCollector drive) =>
        item.Shows is not { } shows ? null
        : drive.Faces == 0 ? new(shows.Class, shows.IsPositive, null, null)
        : new(shows.Class, shows.IsPositive, drive.FoundOf(shows.Class).Count, drive.FoundOf(shows.Class).Count > 0);
}
