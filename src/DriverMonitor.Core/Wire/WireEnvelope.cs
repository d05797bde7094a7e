using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace DriverMonitor.Core.Wire;

/// <summary>
/// The outside of every event: CloudEvents 1.0, structured JSON, with our own attributes beside the standard ones.
/// Readers ignore attributes they do not know.
/// </summary>
internal static class WireEnvelope
{
    private static ReadOnlySpan<byte> NotLate => "\"late\":false"u8;
    private static ReadOnlySpan<byte> Late => "\"late\":true "u8;

    /// <param name="type">Without the common <c>io.dms.</c> and <c>.v1</c>.</param>
    /// <param name="schema">Of the data, such as <c>alert:1.0</c>.</param>
    /// <param name="about">Tells messages apart that are not stored and therefore have no number of their own.</param>
    public static byte[] Write(
        WireIdentity who,
        WireStamp stamp,
        TimeSpan at,
        string type,
        string subject,
        string schema,
        Action<Utf8JsonWriter> data,
        string about = "")
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        json.WriteString(
            "id", stamp.Seq > 0 ? $"{who.Vehicle}:{who.EpochText}:{stamp.Seq}" : $"{who.Vehicle}:{who.EpochText}:0:{about}");
        json.WriteString("source", $"/{who.Tenant}/{who.Vehicle}");
        json.WriteString("type", $"io.dms.{type}.v1");
        json.WriteString("time", Text(stamp.Wall));
        json.WriteString("subject", subject);
        json.WriteString("datacontenttype", "application/json");
        json.WriteString("dataschema", $"urn:dms:{schema}");
        json.WriteNumber("seq", stamp.Seq);
        json.WriteString("epoch", who.EpochText);
        json.WriteNumber("boot", who.Boot);
        json.WriteNumber("mono", (long)at.TotalMilliseconds);
        json.WriteString("clock", Name(stamp.Clock));
        json.WriteBoolean("late", false);
        json.WriteStartObject("data");
        data(json);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static string Text(DateTimeOffset when) =>
        when.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Name(WireClock clock) => clock switch
    {
        WireClock.Unset => "unset",
        WireClock.Floor => "floor",
        WireClock.Synced => "synced",
        WireClock.Holdover => "holdover",
        _ => throw new ArgumentOutOfRangeException(nameof(clock)),
    };

    /// <summary>Says in a stored event that it waited for the network; done in place, because only the sender knows.</summary>
    public static void MarkLate(Span<byte> body)
    {
        // The first match is the envelope's own: what comes from outside is written after it.
        var at = body.IndexOf(NotLate);
        if (at >= 0) Late.CopyTo(body[at..]);
    }
}
