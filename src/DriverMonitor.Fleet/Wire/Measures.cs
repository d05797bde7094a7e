using System.Buffers;
using System.Text;
using System.Text.Json;

namespace DriverMonitor.Fleet.Wire;

/// <summary>
/// Members of a message that only some privacy levels may tell, at whatever depth and under whatever spelling they stand. A
/// vehicle leaves them out by itself; what came by mistake is not kept.
/// </summary>
internal static class Measures
{
    /// <summary>Everything else may be told at P1.</summary>
    public const int Least = 1;

    private const int DepthLimit = 16;

    /// <summary>What was measured on a person and who it was are told from P2 on, where the vehicle is at P3.</summary>
    private static readonly (byte[] Name, int Level)[] Names =
    [
        .. Of(2, "v", "value", "values", "driver", "bpm", "heartRate", "heart_rate", "pulse", "hrv", "rr", "rmssd", "trace"),
        .. Of(3, "pos", "position", "location", "lat", "lon", "lng", "latitude", "longitude", "geo", "gps", "altitude"),
    ];

    /// <summary>By the length of the name: every member of every message is looked up.</summary>
    private static readonly (byte[] Name, int Level)[][] ByLength =
    [
        .. Enumerable.Range(0, Names.Max(one => one.Name.Length) + 1)
            .Select(length => Names.Where(one => one.Name.Length == length).ToArray()),
    ];

    /// <summary>The lowest level at which a member of this name may stand; the reader stands at the name.</summary>
    public static int LevelOf(ref Utf8JsonReader json) =>
        LevelOf(json.ValueIsEscaped ? Encoding.UTF8.GetBytes(json.GetString()!) : json.ValueSpan);

    /// <summary>The lowest level at which all of it may be told; the reader stands at a value and is left at its end.</summary>
    public static int LevelWithin(ref Utf8JsonReader json)
    {
        var (level, depth) = (Least, json.CurrentDepth);
        if (json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return level;
        while (json.Read() && json.CurrentDepth > depth)
        {
            if (json.TokenType == JsonTokenType.PropertyName) level = Math.Max(level, LevelOf(ref json));
        }

        return level;
    }

    /// <inheritdoc cref="LevelWithin(ref Utf8JsonReader)"/>
    public static int LevelWithin(string body)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(body), new() { MaxDepth = DepthLimit });
        json.Read();
        return LevelWithin(ref json);
    }

    /// <summary>The same object without what this level may not tell.</summary>
    public static string Without(string body, int level)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(body), new() { MaxDepth = DepthLimit });
        var rest = new ArrayBufferWriter<byte>(body.Length);
        using var writer = new Utf8JsonWriter(rest);
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.PropertyName && LevelOf(ref json) > level)
            {
                json.Read();
                json.Skip();
            }
            else Copy(ref json, writer);
        }

        writer.Flush();
        return Encoding.UTF8.GetString(rest.WrittenSpan);
    }

    private static void Copy(ref Utf8JsonReader json, Utf8JsonWriter writer)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.PropertyName: writer.WritePropertyName(json.GetString()!); break;
            case JsonTokenType.StartObject: writer.WriteStartObject(); break;
            case JsonTokenType.EndObject: writer.WriteEndObject(); break;
            case JsonTokenType.StartArray: writer.WriteStartArray(); break;
            case JsonTokenType.EndArray: writer.WriteEndArray(); break;
            case JsonTokenType.String: writer.WriteStringValue(json.GetString()); break;
            default: writer.WriteRawValue(json.ValueSpan); break;
        }
    }

    private static int LevelOf(ReadOnlySpan<byte> key)
    {
        if (key.Length >= ByLength.Length) return Least;
        foreach (var (name, level) in ByLength[key.Length])
        {
            if (Ascii.EqualsIgnoreCase(key, name)) return level;
        }

        return Least;
    }

    private static IEnumerable<(byte[], int)> Of(int level, params string[] names) =>
        names.Select(name => (Encoding.ASCII.GetBytes(name), level));
}
