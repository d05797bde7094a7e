using System.Globalization;
using System.Text;
using System.Text.Json;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Files;
using DriverMonitor.Recording;

namespace DriverMonitor.Evaluation;

/// <summary>An audit of bias as text and as JSON; the JSON beside the models is what the service reads.</summary>
internal static class BiasOutput
{
    public static string Text(BiasAudit audit)
    {
        var text = new StringBuilder();
        Line(text, $"set {ShownText.Excerpt(audit.Set.Name)}{(audit.Set.IsSynthetic ? " (synthetic: drawn, says nothing about people)" : "")}");
        Line(text, $"rule: a difference is found where its 95 % interval leaves out 0, excluded where all of it lies within {100 * GroupGap.Tolerated:F0} points of 0, else undecided");
        foreach (var row in audit.Rows)
            Line(text, $"  {Word(row.Gap.Verdict),-24} {ShownText.Excerpt(row.Trait)} {ShownText.Excerpt(row.Gap.Group)}: {row.Figure} {row.Gap.Hits} of {row.Gap.Trials}; against the others {FiguresText.Put(row.Gap.Difference)}");
        if (audit.Rows.Count == 0) Line(text, $"  no item declares a group: nothing to compare");
        foreach (var one in audit.Neutral)
            Line(text, $"  {(one.MayBeOn ? "within the limit" : "ANGER STAYS OFF"),-24} {ShownText.Excerpt(one.Group)}: {one.False} of {one.Trials} neutral faces read as angry, {FiguresText.Put(one.Share)}; limit {100 * AngerLimit.NeutralFalse:F0} %");
        return text.ToString();
    }

    public static void Json(Stream to, BiasAudit audit)
    {
        using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("program", RecordingHeader.ThisProgram);
        json.WriteString("set", audit.Set.Name);
        json.WriteBoolean("synthetic", audit.Set.IsSynthetic);
        json.WriteStartArray("rows");
        foreach (var row in audit.Rows)
        {
            json.WriteStartObject();
            json.WriteString("trait", row.Trait);
            json.WriteString("group", row.Gap.Group);
            json.WriteString("figure", row.Figure);
            json.WriteNumber("hits", row.Gap.Hits);
            json.WriteNumber("trials", row.Gap.Trials);
            json.WriteString("verdict", Word(row.Gap.Verdict));
            if (row.Gap.Difference is { Value: { } value, Lo: { } lo, Hi: { } hi })
            {
                json.WriteNumber("difference", Math.Round(value, 6));
                json.WriteNumber("lo", Math.Round(lo, 6));
                json.WriteNumber("hi", Math.Round(hi, 6));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("neutral");
        foreach (var one in audit.Neutral)
        {
            json.WriteStartObject();
            json.WriteString("group", one.Group);
            json.WriteNumber("false", one.False);
            json.WriteNumber("trials", one.Trials);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Word(GapVerdict verdict) => verdict switch
    {
        GapVerdict.Insufficient => "insufficient",
        GapVerdict.Undecided => "undecided",
        GapVerdict.NoRelevantDifference => "no relevant difference",
        GapVerdict.Difference => "DIFFERENCE",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
