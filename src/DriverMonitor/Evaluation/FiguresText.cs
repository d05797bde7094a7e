using System.Globalization;
using System.Text;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Files;

namespace DriverMonitor.Evaluation;

/// <summary>The figures for a terminal: counts always, figures where the data allow them.</summary>
internal static class FiguresText
{
    public static string Of(Figures figures)
    {
        var text = new StringBuilder();
        Line(text, $"set {ShownText.Excerpt(figures.Set.Name)}{(figures.Set.IsSynthetic ? " (synthetic: drawn, says nothing about people)" : "")}");
        if (figures.Set.Licence is { } licence) Line(text, $"licence {ShownText.Excerpt(licence)}");
        Heading(text, figures.All);
        foreach (var heading in figures.By.Where(one => !one.Name.StartsWith("subject:", StringComparison.Ordinal))) Heading(text, heading);
        foreach (var note in figures.Set.Notes) Line(text, $"left out: {ShownText.Excerpt(note)}");
        foreach (var failure in figures.Failed) Line(text, $"not judged: {ShownText.Line(failure)}");
        return text.ToString();
    }

    public static string Put(Estimate estimate, int digits = 3) =>
        estimate.Value is not { } value ? $"insufficient ({estimate.Insufficient})"
        : estimate is { Lo: { } lo, Hi: { } hi } ? Invariant($"{Round(value, digits)} [{Round(lo, digits)}, {Round(hi, digits)}]")
        : Round(value, digits);

    private static void Heading(StringBuilder text, HeadingFigures heading)
    {
        text.Append('\n');
        Line(text, $"{ShownText.Excerpt(heading.Name)}: {heading.Inputs} inputs, {heading.Subjects} subjects, {heading.Lasted.TotalMinutes:F1} min judged");
        if (heading.FaceCoverage.Value is not null)
            Line(text, $"  coverage: face {Put(heading.FaceCoverage)}, eyes {Put(heading.EyeCoverage)} of the pictures");
        foreach (var one in heading.Events) Event(text, one);
        Alerts(text, heading);
        foreach (var one in heading.Curves)
        {
            Line(text, $"  {one.Name}: AUC {Put(one.Area)}{NoInterval(one, heading)}");
            if (one.Reliability is { } reliable)
                Line(text, $"    Brier {Put(one.Brier)}, mean distance from the diagonal {reliable.ExpectedError:F3}");
        }

        foreach (var one in heading.Shown) Shown(text, one);
        foreach (var one in heading.Senses) Sense(text, one);
        foreach (var (input, figure) in heading.Name == "all" ? heading.Heart : [])
            Line(text, $"  heart {ShownText.Excerpt(input)}: {figure.Name} {Found(figure.Found)}, published {figure.Expected:F3}");
    }

    private static void Event(StringBuilder text, EventFigures one)
    {
        var tally = one.Tally;
        Line(
            text,
            $"  {LabelNames.Of(one.Class)}: {tally.Found} of {tally.Labels} labels found, {tally.FalseOnes} false of {tally.Detections} found{Also(tally)}");
        Line(text, $"    recall {Put(one.Recall)}, precision {Put(one.Precision)}, F1 {Put(one.F1)}");
        if (one.Onset is { } onset && one.Duration is { } duration)
            Line(
                text,
                $"    start off by {Signed(onset.Median)} s (95 % within {onset.Most95:F2}), length by {Signed(duration.Median)} s (within {duration.Most95:F2}); intervals: {one.Method}");
    }

    /// <summary>Means of a state with all senses, and without one of them.</summary>
    private static void Sense(StringBuilder text, SenseFigures one)
    {
        var states = Enumerable.Range(0, StateTally.Names.Count)
            .Where(state => one.With.Mean(state) is not null || one.Without.Mean(state) is not null)
            .Select(state => $"{StateTally.Names[state]} {Mean(one.With, state)} -> {Mean(one.Without, state)}");
        Line(text, $"  without {one.Sense} ({one.Inputs} inputs): {string.Join(", ", states)}");
        Line(
            text,
            $"    strained and tired {one.With.StrainedAndTired} s -> {one.Without.StrainedAndTired} s, agitated {one.With.Agitated} s -> {one.Without.Agitated} s");
    }

    private static string Mean(StateTally tally, int state) =>
        tally.Mean(state) is { } mean ? Invariant($"{mean:F3}") : "not judged";

    private static string Also(DetectionTally tally) =>
        (tally.Joined, tally.Split, tally.Ignored) switch
        {
            (0, 0, 0) => "",
            var (joined, split, ignored) => $" ({joined} joined with a neighbour, {split} split, {ignored} where nothing is judged)",
        };

    private static void Alerts(StringBuilder text, HeadingFigures heading)
    {
        var alerts = heading.Alerts;
        foreach (var due in heading.Due)
            Line(
                text,
                $"  warned of long {LabelNames.Of(due.Class)}: {due.Warned} of {due.Due}, share {Put(due.Share)}{(due.After is { } after ? Invariant($", after {after.Median:F2} s (95 % within {after.Most95:F2})") : "")}");
        if (heading.Events.Count == 0) return;
        Line(
            text,
            $"  alerts: {alerts.Raised} judged, {alerts.FalseOnes} false{Rules(alerts)}, {alerts.Unjudged} that no label can judge; precision {Put(alerts.Precision)}");
        Line(text, $"  false alerts an hour: {Put(alerts.FalseAnHour, 2)}");
    }

    private static string Rules(AlertFigures alerts) =>
        alerts.FalseByRule.Count == 0 ? "" : $" ({string.Join(", ", alerts.FalseByRule.Select(rule => $"{rule.Value} {rule.Key}"))})";

    private static void Shown(StringBuilder text, ShownFigures one)
    {
        Line(
            text,
            $"  {LabelNames.Of(one.Class)} shown or not: {one.Positives} and {one.Negatives} inputs, {one.NotSeen} without a face that could be judged");
        Line(
            text,
            $"    recall {Put(one.Recall)}, specificity {Put(one.Specificity)}, precision {Put(one.Precision)}, AUC {Put(one.Area)}");
    }

    private static string NoInterval(CurveFigures one, HeadingFigures heading) =>
        one.Area is { Value: not null, Lo: null }
            ? $" (no interval: {heading.Subjects} of {SubjectBootstrap.FewestSubjects} subjects)"
            : "";

    public static string Signed(double seconds) => Invariant($"{Math.Round(seconds, 2) + 0.0:+0.00;-0.00;0.00}");

    private static string Found(double? value) => value is { } found ? Invariant($"{found:F3}") : "not known";

    private static string Round(double value, int digits) => value.ToString($"F{digits}", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, FormattableString line) => text.Append(Invariant(line)).Append('\n');
}
