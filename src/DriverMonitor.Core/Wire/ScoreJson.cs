using System.Text.Json;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Wire;

/// <summary>
/// The scores of one second. A state that is not judged has no p; a level that cannot be said is null, which is not "all is
/// well". The three strongest reasons are shown, each with its part in log-odds and its share of all that was said.
/// </summary>
internal static class ScoreJson
{
    private const int Shown = 3;

    // What rounds to nothing explains nothing.
    private const double Least = 0.0005;

    /// <param name="namesEmotions">False leaves stress, anger and what is made of them out.</param>
    public static void Write(Utf8JsonWriter json, Scores second, bool namesEmotions = true)
    {
        json.WriteString("kind", "score");
        json.WriteStartObject("fatigue");
        Body(json, second.Fatigue, second.FatigueWhy, second.IsCold);
        json.Write("kss", second.KssEquivalent, 1);
        json.WriteBoolean("kssCalibrated", SleepinessScale.IsCalibrated);
        json.WriteEndObject();
        if (namesEmotions)
        {
            State(json, "stress", second.Stress, second.StressWhy, second.IsCold);
            State(json, "anger", second.Anger, second.AngerWhy, second.IsCold);
        }

        State(json, "distraction", second.Distraction, second.DistractionWhy, second.IsCold);
        if (namesEmotions) json.WriteString("mixed", EventNames.Of(second.Mixed));
    }

    private static void State(Utf8JsonWriter json, string name, in StateScore score, Explanation why, bool isCold)
    {
        json.WriteStartObject(name);
        Body(json, score, why, isCold);
        json.WriteEndObject();
    }

    private static void Body(Utf8JsonWriter json, in StateScore score, Explanation why, bool isCold)
    {
        var isJudged = score.Limit != MissingReason.NoConsent;
        json.Write("p", isJudged ? score.P : null);
        json.Write("conf", score.Confidence);
        json.Write("lo", isJudged ? score.Lo : null);
        json.Write("hi", isJudged ? score.Hi : null);
        json.Write("level", score.Level == StateLevel.Unknown ? null : (double)score.Level);
        json.WriteStartArray("why");
        if (isJudged) Reasons(json, why);
        json.WriteEndArray();
        json.WriteStartArray("limits");
        Limits(json, score.Limit, isJudged ? why.Limits : [], isCold && isJudged);
        json.WriteEndArray();
    }

    private static void Reasons(Utf8JsonWriter json, Explanation why)
    {
        foreach (ref readonly var line in why.Lines[..Math.Min(Shown, why.Lines.Length)])
        {
            if (Math.Abs(line.LogOdds) < Least) return;
            json.WriteStartObject();
            json.WriteString("f", line.Cue);
            if (line.Value is { } value) json.Write("v", value);
            if (line.Baseline is { } normal) json.Write("normal", normal);
            if (line.Unit.Length > 0) json.WriteString("unit", line.Unit);
            json.Write("logOdds", line.LogOdds);
            json.Write("share", why.Share(in line), 2);
            json.WriteEndObject();
        }
    }

    /// <summary>Each reason once, however many cues it took away.</summary>
    private static void Limits(Utf8JsonWriter json, MissingReason first, ReadOnlySpan<Limit> limits, bool isCold)
    {
        if (isCold) json.WriteStringValue("first_minutes");
        if (first != MissingReason.None) json.WriteStringValue(EventNames.Of(first));
        var told = 1 << (int)first;
        foreach (ref readonly var limit in limits)
        {
            if ((told & (1 << (int)limit.Reason)) != 0) continue;
            told |= 1 << (int)limit.Reason;
            json.WriteStringValue(EventNames.Of(limit.Reason));
        }
    }
}
