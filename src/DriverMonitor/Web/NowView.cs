using System.Text.Json;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Web;

/// <summary>How it is this second, as the page shows it. Null where it cannot be said.</summary>
/// <param name="At">Seconds since the start.</param>
internal sealed record NowView(
    double At, DateTimeOffset? Time, PageGlance Glance, PageAlert? Alert, PageScores? Scores, PageHeart? Heart, double? SpeedKmh,
    string Sight, IReadOnlyList<string> Lacking, IReadOnlyList<string> Allowed, bool Aiming);

/// <summary>The one thing to know, by its key in the page's table of words.</summary>
internal sealed record PageGlance(string State, int Level)
{
    public static PageGlance Of(Glance glance) => new(NameOf(glance.State), (int)glance.Level);

    public static string NameOf(GlanceState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());
}

/// <summary>The alert that stands.</summary>
/// <param name="State">The driver's state that it speaks of.</param>
/// <param name="Since">Seconds since the start; null where its beginning was not seen.</param>
/// <param name="Why">The newest reasons: those of its last rise.</param>
internal sealed record PageAlert(
    string Rule, string State, int Level, bool Silenced, double? Since, IReadOnlyList<DayReason> Why);

internal sealed record PageHeart(double? Bpm, string? Reason);

/// <summary>The four states of one second.</summary>
internal sealed record PageScores(PageState Fatigue, PageState Stress, PageState Anger, PageState Distraction)
{
    public static PageScores Of(Scores second) =>
        new(
            PageState.Of(second.Fatigue, second.FatigueWhy, second.IsCold),
            PageState.Of(second.Stress, second.StressWhy, second.IsCold),
            PageState.Of(second.Anger, second.AngerWhy, second.IsCold),
            PageState.Of(second.Distraction, second.DistractionWhy, second.IsCold));
}

/// <summary>One state: 0 to 1 with its band, what it rests on, what is missing.</summary>
/// <param name="Level">Null: unknown, which is not "all is well".</param>
internal sealed record PageState(
    double? P, double Confidence, double? Lo, double? Hi, int? Level, IReadOnlyList<PageCue> Why, IReadOnlyList<string> Limits)
{
    private const int Shown = 3;

    // What moves a score by less than this explains nothing to a reader.
    private const double Least = 0.02;

    public static PageState Of(in StateScore score, Explanation why, bool isCold)
    {
        if (score.Limit == MissingReason.NoConsent) return new(null, 0, null, null, null, [], [EventNames.Of(score.Limit)]);
        var limits = new List<string>();
        if (isCold) limits.Add("first_minutes");
        if (score.Limit != MissingReason.None) limits.Add(EventNames.Of(score.Limit));
        foreach (ref readonly var limit in why.Limits)
        {
            if (EventNames.Of(limit.Reason) is var name && !limits.Contains(name)) limits.Add(name);
        }

        return new(
            score.P,
            score.Confidence,
            score.Lo,
            score.Hi,
            score.Level == StateLevel.Unknown ? null : (int)score.Level,
            Strongest(why),
            limits);
    }

    private static List<PageCue> Strongest(Explanation why)
    {
        var cues = new List<PageCue>(Shown);
        foreach (ref readonly var line in why.Lines)
        {
            if (cues.Count == Shown || Math.Abs(line.LogOdds) < Least) break;
            cues.Add(new(line.Cue, line.Value, line.Unit, line.LogOdds > 0, why.Share(in line)));
        }

        return cues;
    }
}

/// <param name="Raises">Whether it speaks for the state or against it.</param>
/// <param name="Share">Its part of all that was said, 0..1.</param>
internal sealed record PageCue(string Cue, double? Value, string Unit, bool Raises, double Share);

/// <summary>The four scores without their reasons: free to copy, for gauges and the day's curve.</summary>
internal readonly record struct FourScores(StateScore Fatigue, StateScore Stress, StateScore Anger, StateScore Distraction)
{
    public static FourScores Of(Scores second) => new(second.Fatigue, second.Stress, second.Anger, second.Distraction);

    public static double? Known(in StateScore score) =>
        score.Level == StateLevel.Unknown || score.Limit == MissingReason.NoConsent ? null : score.P;
}
