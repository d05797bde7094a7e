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

    private readonly (string Name, Func<Second, StateScore> Of)[] _states =
        (facts.Tells & Disclosure.Emotions) != 0 ? [.. Usual, .. Emotions] : Usual;

    private readonly Axis _axis = new(log.From == TimeSpan.MaxValue ? TimeSpan.Zero : log.From, log.Until, log.Began?.Local);

    public string Write()
    {
        var html = new StringBuilder(1 << 16);
        Begin(html, words, $"{words.Report}: {facts.Title}");
        html.Append(ReportHead.Write(facts, log, words, _axis));
        Glance(html);
        html.Append(new ReportAlerts(log, words, _axis).Write());
        html.Append(new ReportEyes(log, words, _axis).Write());
        Scores(html);
        html.Append(ReportHeart.Write(log, words, _axis)).Append(ReportStatuses.Write(log, words, _axis));
        Judging(html);
        html.Append("</main></body></html>\n");
        return html.ToString();
    }

    /// <summary>All before what is seen.</summary>
    public static void Begin(StringBuilder html, ReportWords words, string title) => html
        .Append(
            CultureInfo.InvariantCulture,
            $"<!doctype html>\n<html lang={words.Language}><head><meta charset=utf-8><meta name=viewport content=\"width=device-width,initial-scale=1\">")
        .Append(CultureInfo.InvariantCulture, $"<title>{Safe(title)}</title><style>{Style()}</style></head><body><main>\n");

    internal static string Safe(string text) => WebUtility.HtmlEncode(text);

    private static string Style()
    {
        using var style = new StreamReader(typeof(ReportPage).Assembly.GetManifestResourceStream("report.css")!);
        return style.ReadToEnd();
    }

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
            // A score is smoothed and may lag behind its alert: the strip is as red as the alert was.
            var phases = log.Episodes.Where(one => one.State == name).SelectMany(one => one.Phases(_axis.Until));
            foreach (var (from, until, level) in phases)
                plot.Stretch(from, until, $"state{Math.Min((int)level, 3)}", words.AlertLevels[(int)level]);
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
                [.. log.Seconds.Select(second => of(second) is { Level: not StateLevel.Unknown } score
                    ? new CurveSample(second.At, score.P, score.Lo, score.Hi)
                    : new(second.At))]);
            var plot = new Plot(_axis).Scale("1", "0").Curve(curve, 1, name, hasBand: true);
            if (name == "fatigue") plot.Threshold(0.35).Threshold(0.60).Threshold(0.85);
            foreach (var alert in log.Episodes.Where(episode => episode.State == name))
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
        html.Append("</dl>").Append(ReportTiming.Write(log, words));
        html.Append(CultureInfo.InvariantCulture, $"</section>\n<footer><h2>{words.Limits}</h2><ul>");
        foreach (var line in words.LimitLines) html.Append(CultureInfo.InvariantCulture, $"<li>{Safe(line)}</li>");
        html.Append("</ul></footer>");

        void Fact(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) html.Append(CultureInfo.InvariantCulture, $"<dt>{name}</dt><dd>{Safe(value)}</dd>");
        }
    }

    private static string Format(string words, string value) => words.Replace("{0}", value, StringComparison.Ordinal);
}
