using System.Globalization;
using System.Net;
using System.Text;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Recording;

namespace DriverMonitor.Evaluation;

/// <summary>The figures on one page of HTML that needs nothing else: no script, no font, no file beside it.</summary>
internal static class FiguresPage
{
    private const int MostPoints = 400;

    public static string Of(Figures figures)
    {
        var html = new StringBuilder(1 << 14);
        var set = figures.Set;
        Add(html, $"<!doctype html>\n<html lang=en><head><meta charset=utf-8><meta name=viewport content=\"width=device-width,initial-scale=1\">");
        Add(html, $"<title>Evaluation: {Safe(set.Name)}</title><style>{Style()}{OwnStyle}</style></head><body><main>\n");
        Add(html, $"<header><p class=kicker>Evaluation</p><h1>{Safe(set.Name)}</h1><p>{Safe(RecordingHeader.ThisProgram)}");
        if (set.Licence is { } licence) Add(html, $"; data: {Safe(licence)}");
        Add(html, $"</p>{(set.IsSynthetic ? "<p><strong>Synthetic: drawn pictures, which say nothing about people.</strong></p>" : "")}</header>\n");
        Heading(html, figures.All);
        foreach (var heading in figures.By) Heading(html, heading);
        Inputs(html, figures);
        Add(html, $"<section><h2>How to read this</h2><p class=help>Brackets hold 95 % intervals: Wilson's for shares, the exact Poisson one for rates, resampling whole subjects where there are {SubjectBootstrap.FewestSubjects} or more. \"Insufficient\" says what is missing for a figure; counts are always shown. docs/evaluation.md says how events are matched.</p></section>\n");
        html.Append("</main></body></html>\n");
        return html.ToString();
    }

    private static void Heading(StringBuilder html, HeadingFigures heading)
    {
        Add(html, $"<section><h2>{Safe(heading.Name)}</h2><p>{heading.Inputs} inputs, {heading.Subjects} subjects, {heading.Lasted.TotalMinutes:F1} minutes judged");
        if (heading.FaceCoverage.Value is { } face && heading.EyeCoverage.Value is { } eyes)
            Add(html, $"; face in {100 * face:F1} %, eyes judged in {100 * eyes:F1} % of the pictures");
        html.Append("</p>\n");
        if (heading.Events.Count > 0)
        {
            html.Append("<div class=wide><table><tr><th>event<th>labels<th>found<th>false<th>recall<th>precision<th>F1<th>start off, s</tr>\n");
            foreach (var one in heading.Events)
                Add(html, $"<tr><td>{LabelNames.Of(one.Class)}<td>{one.Tally.Labels}<td>{one.Tally.Found}<td>{one.Tally.FalseOnes}<td>{Put(one.Recall)}<td>{Put(one.Precision)}<td>{Put(one.F1)}<td>{Put(one.Onset)}</tr>\n");
            html.Append("</table></div>\n");
            Alerts(html, heading);
        }

        foreach (var one in heading.Shown)
            Add(html, $"<p>{LabelNames.Of(one.Class)} shown or not: {one.Positives} and {one.Negatives} inputs, {one.NotSeen} not judged. Recall {Put(one.Recall)}, specificity {Put(one.Specificity)}, AUC {Put(one.Area)}</p>\n");
        html.Append("<div class=curves>");
        foreach (var one in heading.Curves) Curve(html, one);
        foreach (var one in heading.Shown.Where(one => one.Curve is not null))
            Figure(html, $"{LabelNames.Of(one.Class)}, by input", $"AUC {Put(one.Area)}", Roc(one.Curve!), "share of false", "share of hits");
        html.Append("</div></section>\n");
    }

    private static void Alerts(StringBuilder html, HeadingFigures heading)
    {
        var alerts = heading.Alerts;
        foreach (var due in heading.Due)
            Add(html, $"<p>Warned of long {LabelNames.Of(due.Class)}: {due.Warned} of {due.Due}; share {Put(due.Share)}; after {Put(due.After)} s</p>\n");
        Add(html, $"<p>Alerts: {alerts.Raised} that labels can judge, {alerts.FalseOnes} of them false; {alerts.Unjudged} others. Precision {Put(alerts.Precision)}; false alerts an hour {Put(alerts.FalseAnHour)}</p>\n");
    }

    private static void Curve(StringBuilder html, CurveFigures one)
    {
        if (one.Curve is null)
        {
            Add(html, $"<p>{Safe(one.Name)}: AUC {Put(one.Area)}</p>");
            return;
        }

        Figure(html, one.Name, $"AUC {Put(one.Area)}", Roc(one.Curve), "share of false", "share of hits");
        if (one.Reliability is { } reliable)
            Figure(
                html, $"{one.Name}: is the score a probability?", $"Brier {Put(one.Brier)}",
                Path(reliable.Bins.Select(bin => (bin.MeanScore, bin.Share))), "score", "share that was so");
    }

    private static void Figure(StringBuilder html, string title, string words, string path, string across, string up) =>
        Add(html, $"<figure><figcaption><strong>{Safe(title)}</strong> {words}</figcaption><svg viewBox=\"-14 -4 122 118\" role=img aria-label=\"{Safe(title)}\"><path class=grid d=\"M0 0H100V100H0Z\"/><path class=threshold d=\"M0 100L100 0\"/><path class=\"line fatigue\" d=\"{path}\"/><text x=50 y=110 text-anchor=middle>{across}</text><text x=-50 y=-5 text-anchor=middle transform=rotate(-90)>{up}</text></svg></figure>\n");

    private static string Roc(RocCurve curve)
    {
        var every = Math.Max(1, curve.Points.Count / MostPoints);
        return Path(curve.Points.Where((_, i) => i % every == 0 || i == curve.Points.Count - 1)
            .Select(point => (point.FalseShare, point.HitShare)));
    }

    private static string Path(IEnumerable<(double Across, double Up)> points) =>
        "M" + string.Join('L', points.Select(point => FormattableString.Invariant($"{100 * point.Across:F2} {100 - 100 * point.Up:F2}")));

    private static void Inputs(StringBuilder html, Figures figures)
    {
        html.Append("<section><h2>Inputs</h2><div class=wide><table><tr><th>input<th>minutes<th>face<th>events: found of labels, false<th>alerts</tr>\n");
        foreach (var one in figures.Outcomes.Where(one => one.Item.Kind != InputKind.Still).Take(2000))
        {
            var events = string.Join("; ", one.Events.Select(pair =>
                $"{LabelNames.Of(pair.Key)} {pair.Value.Found} of {pair.Value.Labels}, {pair.Value.FalseOnes}"));
            var alerts = string.Join("; ", one.Alerts.Select(alert =>
                FormattableString.Invariant($"{alert.Rule} {alert.Level} at {alert.At.TotalSeconds:F1} s{(alert.IsRight == false ? " (false)" : "")}")));
            var heart = string.Join("; ", one.Heart.Select(figure =>
                FormattableString.Invariant($"{figure.Name} {figure.Found:F3} of {figure.Expected:F3}")));
            Add(html, $"<tr><td>{Safe(one.Item.Name)}<td>{one.Lasted.TotalMinutes:F2}<td>{(one.Pictures == 0 ? "" : $"{100.0 * one.Faces / one.Pictures:F0} %")}<td>{Safe(events)}{Safe(heart)}<td>{Safe(alerts)}</tr>\n");
        }

        html.Append("</table></div>\n");
        foreach (var failure in figures.Failed) Add(html, $"<p>Not judged: {Safe(failure)}</p>\n");
        foreach (var note in figures.Set.Notes) Add(html, $"<p>Left out: {Safe(note)}</p>\n");
        html.Append("</section>\n");
    }

    private static string Put(Estimate estimate) => Safe(FiguresText.Put(estimate));

    private static string Put(TimeError? error) =>
        error is null ? "insufficient" : FormattableString.Invariant($"{FiguresText.Signed(error.Median)} (95 % within {error.Most95:F2})");

    private static string Safe(string text) => WebUtility.HtmlEncode(text);

    private static string Style()
    {
        using var style = new StreamReader(typeof(FiguresPage).Assembly.GetManifestResourceStream("report.css")!);
        return style.ReadToEnd();
    }

    private const string OwnStyle =
        ".wide{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem;width:100%}th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--rule);vertical-align:top}.curves{display:flex;flex-wrap:wrap;gap:1rem}.curves figure{width:19rem;max-width:100%}.curves svg{width:100%}.curves text{font-size:5px;fill:var(--soft)}";

    private static void Add(StringBuilder html, FormattableString text) =>
        html.Append(text.ToString(CultureInfo.InvariantCulture));
}
