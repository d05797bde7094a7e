using System.Text.Json;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.HeartRate;

namespace DriverMonitor.Core.Wire;

/// <summary>The heart's lines: one a second while the strap speaks, and one for a whole record.</summary>
internal static class HeartJson
{
    public static void Write(Utf8JsonWriter json, in HeartFeatures heart)
    {
        json.WriteString("kind", "heart");
        json.Write("hr", heart.BeatsPerMinute, 1);
        json.Write("rmssd", heart.RmssdMs);
        json.Write("sdnn", heart.SdnnMs);
        json.Write("pnn50", heart.Pnn50, 1);
        json.WriteNumber("windowS", heart.WindowSeconds);
        json.WriteBoolean("usable", heart.Usable);
        json.WriteString("reason", EventNames.Of(heart.Reason));
    }

    /// <summary>Cleaned figures by their plain names, the same over all beats with "raw" before them.</summary>
    public static void Write(Utf8JsonWriter json, HeartSummary summary)
    {
        json.WriteString("kind", "heart_summary");
        json.WriteNumber("beats", summary.Cleaned.Beats);
        json.Write("hr", summary.Cleaned.BeatsPerMinute);
        json.Write("rmssd", summary.Cleaned.RmssdMs);
        json.Write("sdnn", summary.Cleaned.SdnnMs);
        json.Write("pnn50", summary.Cleaned.Pnn50);
        json.WriteNumber("rawBeats", summary.Raw.Beats);
        json.Write("rawHr", summary.Raw.BeatsPerMinute);
        json.Write("rawRmssd", summary.Raw.RmssdMs);
        json.Write("rawSdnn", summary.Raw.SdnnMs);
        json.Write("rawPnn50", summary.Raw.Pnn50);
        json.Write("rejectedShare", summary.RejectedShare, 4);
    }
}
