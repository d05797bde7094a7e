using System.Globalization;
using System.Net;
using System.Text;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Files;

namespace DriverMonitor.Recording.Report;

/// <summary>A drive on one page of HTML that needs nothing else: no script, no font, no file beside it.</summary>
internal sealed class ReportPage(ReportFacts facts, ReportLog log, ReportWords words)
{
    private static readonly (string Name, Func<Second, StateScore> Of)[] Usual =
    [
        ("fatigue", second => second.Fatigue), ("distraction", second => second.Distraction),
    ];

    private static readonly (string Name, Func<Second, StateScore> Of)[] Emotions =
    [
        ("stress", second => second.Stress), ("anger", second => second.Anger),
    ];

    private static readonly string[] Marks = ["long_blink", "microsleep", "sleep", "yawn", "nod"];

    private readonly (string Name, Func<Second, StateScore> Of)[] _states =
        (facts.Tells & Disclosure.Emotions) != 0 ? [.. Usual, .. Emotions] : Usual;

    private readonly Axis _axis = new(log.From == TimeSpan.MaxValue ? TimeSpan.Zero : log.From, log.Until);

    public string Write()
    {
        var html = new StringBuilder(1 << 16);
        html.Append(
            CultureInfo.InvariantCulture,
            $"<!doctype html>\n<html lang={words.Language}><head><meta charset=utf-8><meta name=viewport content=\"width=device-width,initial-scale=1\">"
        );
        html.Append(
            CultureInfo.InvariantCulture,
            $"<title>{words.Report}: {Safe(facts.Title)}</title><style>{Style()}</style></head><body><main>\n");
        Head(html);
        Glance(html);
        Scores(html);
        Eyes(html);
        Heart(html);
        var alerts = new ReportAlerts(log, words, _axis);
        html.Append(alerts.Alerts()).Append(alerts.Statuses()).Append(alerts.Conformance());
        Judging(html);
        html.Append("</main></body></html>\n");
        return html.ToString();
    }

    internal static string Safe(string text) => WebUtility.HtmlEncode(text);

    private static string Style()
    {
        using var style = new StreamReader(typeof(ReportPage).Assembly.GetManifestResourceStream("report.css")!);
        return style.ReadToEnd();
    }

    private void Head(StringBuilder html)
    {
        html.Append(CultureInfo.InvariantCulture, $"<header><p class=kicker>{words.Report}</p><h1>{Safe(facts.Title)}</h1>");
        if (log.Began is { } began)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<p>{words.Began} {began.Local:yyyy-MM-dd HH:mm:ss zzz}{(began.Trusted ? "" : $" ({words.Unsure})")}</p>");
        var alerts = log.Events.OfType<MonitorEvent.Alert>().ToList();
        var raised = alerts.Count(alert => alert.Phase == AlertPhase.Raised);
        var highest = alerts.Count == 0 ? 0 : (int)alerts.Max(alert => alert.Level);
        var closures = log.Events.OfType<MonitorEvent.Eyelids>().Count();
        html.Append("<dl class=tiles>");
        Tile(html, words.Lasted, _axis.Write(_axis.Until - _axis.From), "");
        Tile(
            html,
            words.FaceSeen,
            log.Pictures == 0 ? "–" : words.Percent(log.Faces / (double)log.Pictures),
            log.Pictures == 0 ? words.NoPictures : Format(words.OfPictures, log.Pictures.ToString("N0", words.Numbers)));
        Tile(
            html,
            words.Alerts,
            $"{raised}",
            highest == 0 ? "" : Format(words.AlertsHighest, words.AlertLevels[highest]),
            $"level{highest}");
        Tile(
            html,
            words.Closures,
            log.Pictures == 0 ? "–" : $"{closures}",
            log.Pictures == 0 ? words.NoPictures : Format(words.Blinks, log.Blinks.ToString("N0", words.Numbers)));
        html.Append("</dl></header>\n");
    }

    private static void Tile(StringBuilder html, string name, string value, string beside, string kind = "") =>
        html.Append(
            CultureInfo.InvariantCulture, $"<div class=\"{kind}\"><dt>{name}</dt><dd>{value}<small>{beside}</small></dd></div>");

    /// <summary>Each state's level as a coloured strip.</summary>
    private void Glance(StringBuilder html)
    {
        html.Append(CultureInfo.InvariantCulture, $"<section><h2>{words.Levels}</h2><div class=strips><p class=legend>");
        for (var level = 0; level < words.StateLevels.Count; level++)
            html.Append(
                CultureInfo.InvariantCulture, $"<span><i class=\"state{level - 1}\"></i>{words.StateLevels[level]}</span>");
        html.Append("</p>");
        foreach (var (name, of) in _states)
        {
            var plot = new Plot(_axis).Scale(words.States[name], "");
            foreach (var (from, until, level) in Runs(of))
                plot.Stretch(from, until, $"state{(int)level}", words.StateLevels[(int)level + 1]);
            html.Append(plot.Write("strip", words.States[name], hasTimes: name == _states[^1].Name));
        }

        html.Append("</div></section>\n");
    }

    private IEnumerable<(TimeSpan From, TimeSpan Until, StateLevel Level)> Runs(Func<Second, StateScore> of)
    {
        for (var i = 0; i < log.Seconds.Count;)
        {
            var (from, level) = (i, of(log.Seconds[i]).Level);
            while (i < log.Seconds.Count && of(log.Seconds[i]).Level == level)
                i++;
            yield return (
                from == 0 ? _axis.From : log.Seconds[from - 1].At,
                i == log.Seconds.Count ? _axis.Until : log.Seconds[i - 1].At,
                level);
        }
    }

    private void Scores(StringBuilder html)
    {
        html.Append(CultureInfo.InvariantCulture, $"<section><h2>{words.Scores}</h2><p class=help>{words.ScoresHelp}</p>");
        foreach (var (name, of) in _states)
        {
            var known = log.Seconds.Count(second => of(second).Level != StateLevel.Unknown);
            html.Append(CultureInfo.InvariantCulture, $"<figure><figcaption><strong class={name}>{words.States[name]}</strong> ");
            if (known == 0)
            {
                var why = log.Seconds.Count == 0 ? MissingReason.NotMeasured : of(log.Seconds[^1]).Limit;
                html.Append(
                        why == MissingReason.NoConsent
                            ? words.NotAllowed
                            : Format(
                                words.NotJudged,
                                Safe(words.Name(EventNames.Of(why == MissingReason.None ? MissingReason.NotMeasured : why)))))
                    .Append("</figcaption></figure>");
                continue;
            }

            html.Append(
                CultureInfo.InvariantCulture,
                $"<small>{Format(words.Judged, words.Percent(known / (double)log.Seconds.Count))}</small></figcaption>");
            var curve = new Curve(
                _axis,
                log.Seconds,
                second => of(second) is { Level: not StateLevel.Unknown } score ? (score.P, score.Lo, score.Hi) : null);
            var plot = new Plot(_axis).Scale("1", "0").Curve(curve, 1, name, hasBand: true);
            if (name == "fatigue") plot.Threshold(0.35).Threshold(0.60).Threshold(0.85);
            foreach (var alert in ReportAlerts.Episodes(log).Where(episode => episode.State == name))
                plot.Stretch(
                    alert.From, alert.Until ?? _axis.Until, $"alert level{(int)alert.Highest}", Safe(words.Say(alert.Row)));
            html.Append(plot.Write("tall", words.States[name]));
            if (name == "fatigue")
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<small class=help>{Format(words.Thresholds, string.Join(", ", words.StateLevels.Skip(2)))}</small>");
            html.Append("</figure>");
        }

        html.Append("</section>\n");
    }

    private void Eyes(StringBuilder html)
    {
        if (log.Pictures == 0) return;
        var perclos = new Curve(_axis, log.Seconds, second => second.Perclos is { } share ? (share, share, share) : null);
        var top = perclos.Peak > 0.3 ? 1 : 0.4;
        var plot = new Plot(_axis).Scale(words.Percent(top), "0").Curve(perclos, top, "fatigue");
        foreach (var happened in log.Events)
        {
            if (happened is MonitorEvent.Eyelids e)
                plot.Stretch(
                    e.StartedAt,
                    e.At,
                    $"mark {EventNames.Of(e.Kind)}",
                    Safe(string.Create(words.Numbers, $"{NameOf(e.Kind)} {e.Duration.TotalSeconds:F1} s")));
            if (happened is MonitorEvent.Yawn yawn)
                plot.Stretch(yawn.StartedAt, yawn.At, "mark yawn", Safe(words.Name("yawn")));
            if (happened is MonitorEvent.Nod nod)
                plot.Stretch(nod.StartedAt, nod.At, "mark nod", Safe(words.Name("nod")));
        }

        html.Append(
            CultureInfo.InvariantCulture,
            $"<section><h2>{words.Eyes}</h2><p class=help>{words.EyesHelp}</p><figure><figcaption>{words.Perclos}</figcaption>{plot.Write("tall", words.Perclos)}</figure>"
        );
        html.Append("<p class=legend>");
        foreach (var kind in Marks)
            html.Append(CultureInfo.InvariantCulture, $"<span><i class=\"key {kind}\"></i>{Safe(NameOf(kind))}</span>");
        html.Append("</p>");
        Closures(html);
        html.Append("</section>\n");
    }

    /// <summary>Those that are no blinks, with their times.</summary>
    private void Closures(StringBuilder html)
    {
        var closures = log
            .Events.OfType<MonitorEvent.Eyelids>()
            .Where(closure => closure.Kind >= ClosureKind.Microsleep)
            .ToList();
        if (closures.Count == 0)
            return;
        html.Append(
            CultureInfo.InvariantCulture,
            $"<div class=wide><table class=closures><thead><tr><th>{words.At}<th>{words.Closure}<th>{words.Duration}</tr></thead><tbody>"
        );
        foreach (var closure in closures)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td><time>{_axis.Write(closure.StartedAt)}</time><td>{Safe(NameOf(closure.Kind))}<td>{closure.Duration.TotalSeconds.ToString("F1", words.Numbers)} s</tr>"
            );
        html.Append("</tbody></table></div>");
    }

    private string NameOf(ClosureKind kind) => NameOf(EventNames.Of(kind));

    // The page in the cab calls an event "fell asleep" and a cue "sleep".
    private string NameOf(string kind) => words.Name(kind == "sleep" && words.Language != "en" ? "fell_asleep" : kind);

    private void Heart(StringBuilder html)
    {
        var pulse = new Curve(_axis, log.Seconds, second => second.Pulse is { } rate ? (rate - 40, rate, rate) : null);
        var rmssd = new Curve(_axis, log.Seconds, second => second.Rmssd is { } spread ? (spread, spread, spread) : null);
        html.Append(CultureInfo.InvariantCulture, $"<section><h2>{words.Heart}</h2>");
        if (pulse.IsEmpty)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>{words.NoHeart}</p></section>\n");
            return;
        }

        var top = Math.Ceiling(Math.Max(60, pulse.Peak + 5) / 20) * 20;
        html.Append(
            CultureInfo.InvariantCulture, $"<p class=help>{words.HeartHelp}</p><figure><figcaption>{words.Pulse}</figcaption>");
        html.Append(new Plot(_axis).Scale($"{40 + top:F0}", "40").Curve(pulse, top, "heart").Write("low", words.Pulse))
            .Append("</figure>");
        var high = Math.Ceiling(Math.Max(40, rmssd.Peak + 1) / 20) * 20;
        html.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{words.Rmssd}</figcaption>");
        html.Append(new Plot(_axis).Scale($"{high:F0}", "0").Curve(rmssd, high, "heart").Write("low", words.Rmssd))
            .Append("</figure>");
        Whole(html);
        html.Append("</section>\n");
    }

    /// <summary>The figures of the whole record, where one was kept.</summary>
    private void Whole(StringBuilder html)
    {
        if (log.Heart is not { } whole)
            return;
        var figures = new[] { ("RMSSD", whole.Cleaned.RmssdMs), ("SDNN", whole.Cleaned.SdnnMs) }
            .Where(one => one.Item2 is not null)
            .Select(one => string.Create(words.Numbers, $"{one.Item1} {one.Item2:F1} ms"))
            .Prepend(string.Create(words.Numbers, $"{whole.Cleaned.BeatsPerMinute:F1} 1/min"));
        html.Append(
            CultureInfo.InvariantCulture,
            $"<p><strong>{words.Accepted}:</strong> {string.Join(", ", figures)}. <small>{Format(words.Rejected, words.Percent(whole.RejectedShare))}.</small></p>"
        );
    }

    private void Judging(StringBuilder html)
    {
        html.Append(CultureInfo.InvariantCulture, $"<section><h2>{words.Judging}</h2><dl class=facts>");
        Fact(words.Program, facts.Program);
        Fact(words.RecordedBy, facts.RecordedBy);
        Fact(words.Configuration, facts.Configuration);
        Fact(words.Profile, $"{facts.Settings.Profile}{(facts.Settings.Strict ? ", strict" : "")}");
        Fact(words.Models, string.Join(", ", facts.Models));
        Fact(words.Partial, facts.Partial is null ? null : ShownText.Line(facts.Partial));
        Fact(words.Replay, facts.Verdict?.Publish(words));
        html.Append(CultureInfo.InvariantCulture, $"</dl></section>\n<footer><h2>{words.Limits}</h2><ul>");
        foreach (var line in words.LimitLines) html.Append(CultureInfo.InvariantCulture, $"<li>{Safe(line)}</li>");
        html.Append("</ul></footer>");

        void Fact(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) html.Append(CultureInfo.InvariantCulture, $"<dt>{name}</dt><dd>{Safe(value)}</dd>");
        }
    }

    private static string Format(string words, string value) => words.Replace("{0}", value, StringComparison.Ordinal);
}
