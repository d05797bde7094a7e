using DriverMonitor.Core.Events;

namespace DriverMonitor.Recording.Report;

/// <summary>What a reader wants to know first: the worst that happened, when, and how soon the driver was warned. Pure.</summary>
internal static class ReportVerdict
{
    /// <summary>Filters take their time: an alert that rises so soon after its cause ended still belongs to it.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    /// <summary>Less than this share of the pictures with the driver in them, and "nothing" would claim too much.</summary>
    private const double SeenWell = 0.9;

    public static string Sentence(ReportLog log, ReportWords words, Axis axis)
    {
        var episodes = log.Episodes;
        if (Worst(log, ClosureKind.Sleep) is { } sleep) return Told(words.VerdictSleep, sleep, AlertRule.EyesClosed);
        var look = LongestWarnedLook();
        if (look is { } far && episodes.Any(one => one is { Rule: AlertRule.LongLookAway, Highest: >= AlertLevel.Alarm }))
            return Told(words.VerdictLookAway, far, AlertRule.LongLookAway);
        if (Worst(log, ClosureKind.Microsleep) is { } nap) return Told(words.VerdictMicrosleep, nap, AlertRule.EyesClosed);
        if (look is { } away) return Told(words.VerdictLookAway, away, AlertRule.LongLookAway);
        if (episodes.MaxBy(episode => episode.Highest) is { } worst)
            return words.Put(words.VerdictAlert, axis.Hour(worst.From), words.Say(worst.Row));
        if (log.Pictures == 0) return words.VerdictHeart;
        var seen = log.Faces / (double)log.Pictures;
        return seen >= SeenWell ? words.VerdictNothing : words.Put(words.VerdictUnseen, words.Percent(seen));

        string Told(string sentence, Span span, AlertRule rule)
        {
            var warned = episodes
                .Where(episode => episode.Rule == rule && episode.From >= span.From && episode.From <= span.Until + Slack)
                .Select(episode => (TimeSpan?)(episode.From - span.From))
                .FirstOrDefault();
            var said = words.Put(sentence, Seconds(span.Until - span.From), axis.Hour(span.From));
            return warned is { } after
                ? $"{said}; {words.Put(words.VerdictWarned, Seconds(after))}."
                : $"{said}; {words.VerdictNotWarned}.";
        }

        Span? LongestWarnedLook() => log.Events.OfType<MonitorEvent.LookAway>()
            .Select(look => new Span(look.StartedAt, look.StartedAt + look.Duration))
            .Where(span => episodes.Any(one =>
                one.Rule == AlertRule.LongLookAway && one.From >= span.From && one.From <= span.Until + Slack))
            .Select(span => (Span?)span)
            .MaxBy(span => span!.Value.Until - span.Value.From);

        string Seconds(TimeSpan span) => string.Create(words.Numbers, $"{span.TotalSeconds:F1} s");
    }

    private static Span? Worst(ReportLog log, ClosureKind least) => log.Events.OfType<MonitorEvent.Eyelids>()
        // Who sleeps in a vehicle that stands takes a break.
        .Where(closure => closure.Kind >= least && !log.IsAtStand(closure.StartedAt))
        .Select(closure => (Span?)new Span(closure.StartedAt, closure.StartedAt + closure.Duration))
        .MaxBy(span => span!.Value.Until - span.Value.From);

    private readonly record struct Span(TimeSpan From, TimeSpan Until);
}
