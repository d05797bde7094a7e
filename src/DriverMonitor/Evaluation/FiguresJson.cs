using System.Text.Json;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Recording;

namespace DriverMonitor.Evaluation;

/// <summary>The figures for machines. An insufficient one is an object that says why, never a number.</summary>
internal static class FiguresJson
{
    public const int Version = 1;

    public static void Write(Stream to, Figures figures)
    {
        using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("program", RecordingHeader.ThisProgram);
        json.WriteString("set", figures.Set.Name);
        json.WriteBoolean("synthetic", figures.Set.IsSynthetic);
        Heading(json, "all", figures.All);
        json.WriteStartObject("by");
        foreach (var heading in figures.By) Heading(json, heading.Name, heading);
        json.WriteEndObject();
        json.WriteStartArray("inputs");
        foreach (var outcome in figures.Outcomes) Input(json, outcome);
        json.WriteEndArray();
        Strings(json, "notJudged", figures.Failed);
        Strings(json, "leftOut", figures.Set.Notes);
        json.WriteEndObject();
    }

    private static void Heading(Utf8JsonWriter json, string name, HeadingFigures heading)
    {
        json.WriteStartObject(name);
        json.WriteNumber("inputs", heading.Inputs);
        json.WriteNumber("subjects", heading.Subjects);
        Round(json, "judgedSeconds", heading.Lasted.TotalSeconds);
        Put(json, "faceCoverage", heading.FaceCoverage);
        Put(json, "eyeCoverage", heading.EyeCoverage);
        json.WriteStartObject("events");
        foreach (var one in heading.Events) Event(json, one);
        json.WriteEndObject();
        Alerts(json, heading);
        json.WriteStartArray("curves");
        foreach (var one in heading.Curves) Curve(json, one);
        json.WriteEndArray();
        json.WriteStartObject("shown");
        foreach (var one in heading.Shown) Shown(json, one);
        json.WriteEndObject();
        json.WriteStartObject("withoutSense");
        foreach (var one in heading.Senses) Sense(json, one);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Sense(Utf8JsonWriter json, SenseFigures one)
    {
        json.WriteStartObject(one.Sense);
        json.WriteNumber("inputs", one.Inputs);
        foreach (var (name, tally) in new[] { ("with", one.With), ("without", one.Without) })
        {
            json.WriteStartObject(name);
            for (var state = 0; state < StateTally.Names.Count; state++)
            {
                if (tally.Mean(state) is not { } mean) continue;
                json.WriteStartObject(StateTally.Names[state]);
                Round(json, "mean", mean);
                json.WriteNumber("seconds", tally.Seconds(state));
                json.WriteEndObject();
            }

            json.WriteNumber("strainedAndTiredSeconds", tally.StrainedAndTired);
            json.WriteNumber("agitatedSeconds", tally.Agitated);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Event(Utf8JsonWriter json, EventFigures one)
    {
        json.WriteStartObject(LabelNames.Of(one.Class));
        Tally(json, one.Tally);
        Put(json, "recall", one.Recall);
        Put(json, "precision", one.Precision);
        Put(json, "f1", one.F1);
        json.WriteString("intervals", one.Method);
        Put(json, "onsetErrorS", one.Onset);
        Put(json, "durationErrorS", one.Duration);
        json.WriteEndObject();
    }

    private static void Tally(Utf8JsonWriter json, DetectionTally tally)
    {
        json.WriteNumber("labels", tally.Labels);
        json.WriteNumber("found", tally.Found);
        json.WriteNumber("joined", tally.Joined);
        json.WriteNumber("detections", tally.Detections);
        json.WriteNumber("split", tally.Split);
        json.WriteNumber("ignored", tally.Ignored);
        json.WriteNumber("false", tally.FalseOnes);
    }

    private static void Alerts(Utf8JsonWriter json, HeadingFigures heading)
    {
        var alerts = heading.Alerts;
        json.WriteStartObject("alerts");
        json.WriteNumber("judged", alerts.Raised);
        json.WriteNumber("false", alerts.FalseOnes);
        json.WriteNumber("unjudged", alerts.Unjudged);
        Round(json, "exposureSeconds", alerts.Exposure.TotalSeconds);
        Put(json, "falseAnHour", alerts.FalseAnHour);
        Put(json, "precision", alerts.Precision);
        json.WriteStartObject("due");
        foreach (var due in heading.Due)
        {
            json.WriteStartObject(LabelNames.Of(due.Class));
            json.WriteNumber("labels", due.Due);
            json.WriteNumber("warned", due.Warned);
            Put(json, "share", due.Share);
            Put(json, "afterS", due.After);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Curve(Utf8JsonWriter json, CurveFigures one)
    {
        json.WriteStartObject();
        json.WriteString("name", one.Name);
        Put(json, "auc", one.Area);
        if (one.Class != LabelClass.Closure) Put(json, "brier", one.Brier);
        if (one.Reliability is { } reliable)
        {
            json.WriteStartArray("reliability");
            foreach (var bin in reliable.Bins)
            {
                json.WriteStartObject();
                Round(json, "score", bin.MeanScore);
                Round(json, "share", bin.Share);
                json.WriteNumber("count", bin.Count);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Shown(Utf8JsonWriter json, ShownFigures one)
    {
        json.WriteStartObject(LabelNames.Of(one.Class));
        json.WriteNumber("positives", one.Positives);
        json.WriteNumber("negatives", one.Negatives);
        json.WriteNumber("notSeen", one.NotSeen);
        Put(json, "recall", one.Recall);
        Put(json, "specificity", one.Specificity);
        Put(json, "precision", one.Precision);
        Put(json, "auc", one.Area);
        json.WriteEndObject();
    }

    private static void Input(Utf8JsonWriter json, ItemOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteString("input", outcome.Item.Name);
        json.WriteString("subject", outcome.Item.Subject);
        Round(json, "judgedSeconds", outcome.Lasted.TotalSeconds);
        json.WriteNumber("pictures", outcome.Pictures);
        json.WriteNumber("faces", outcome.Faces);
        json.WriteNumber("eyes", outcome.EyesJudged);
        json.WriteNumber("cut", outcome.Cut);
        json.WriteStartObject("events");
        foreach (var (label, tally) in outcome.Events)
        {
            json.WriteStartObject(LabelNames.Of(label));
            Tally(json, tally);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("alerts");
        foreach (var alert in outcome.Alerts)
        {
            json.WriteStartObject();
            json.WriteString("rule", alert.Rule);
            json.WriteNumber("level", alert.Level);
            Round(json, "at", alert.At.TotalSeconds);
            if (alert.IsRight is { } right) json.WriteBoolean("right", right);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("heart");
        foreach (var figure in outcome.Heart)
        {
            json.WriteStartObject();
            json.WriteString("figure", figure.Name);
            Round(json, "published", figure.Expected);
            if (figure.Found is { } found) Round(json, "found", found);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Put(Utf8JsonWriter json, string name, Estimate estimate)
    {
        json.WriteStartObject(name);
        if (estimate.Value is { } value) Round(json, "value", value);
        if (estimate.Lo is { } lo) Round(json, "lo", lo);
        if (estimate.Hi is { } hi) Round(json, "hi", hi);
        if (estimate.Insufficient is { } why) json.WriteString("insufficient", why);
        json.WriteEndObject();
    }

    private static void Put(Utf8JsonWriter json, string name, TimeError? error)
    {
        if (error is null) return;
        json.WriteStartObject(name);
        Round(json, "median", error.Median);
        Round(json, "within95", error.Most95);
        json.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter json, string name, IReadOnlyList<string> all)
    {
        json.WriteStartArray(name);
        foreach (var one in all) json.WriteStringValue(one);
        json.WriteEndArray();
    }

    private static void Round(Utf8JsonWriter json, string name, double value) =>
        json.WriteNumber(name, Math.Round(value, 6));
}
