using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DriverMonitor.Core.Commands;

/// <summary>
/// The one way to write an order down for signing: the JSON object without <c>sig</c>, keys of every object in order of their
/// characters, no white space. Orders hold printable ASCII without backslash, and whole numbers, so nothing is left to
/// choose: <c>jq -cjS 'del(.sig)'</c> and Python's <c>json.dumps(sort_keys=True, separators=(',', ':'))</c> write the same bytes.
/// </summary>
public static class CommandText
{
    /// <summary>The key that carries the signature and is not signed.</summary>
    public const string Signature = "sig";

    /// <summary>Beyond 2^53 readers begin to disagree about whole numbers.</summary>
    private const long LargestWhole = 1L << 53;

    // What the default encoder would escape (+, for one, in base64) stands as it is: other tools write it so.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes to sign. Ask <see cref="FirstFault"/> before.</summary>
    public static byte[] Canonical(JsonElement order)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, Plain);
        Write(json, order, isTop: true);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Whether every byte may stand in an order.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> text)
    {
        foreach (var letter in text)
        {
            if (letter is (byte)'\\' or > 0x7e or (< 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r'))) return false;
        }

        return true;
    }

    /// <summary>What could be written in more than one way, or hides a second meaning; null where all is well.</summary>
    internal static (CommandRefusal Refusal, string? Where)? FirstFault(JsonElement value, int depthLeft)
    {
        if (depthLeft == 0) return (CommandRefusal.TooDeep, null);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object: return FaultOfObject(value, depthLeft);
            case JsonValueKind.Array: return FaultOfArray(value, depthLeft);
            case JsonValueKind.Number when !value.TryGetInt64(out var whole) || whole is < -LargestWhole or > LargestWhole:
                return (CommandRefusal.WrongType, null);
            default: return null;
        }
    }

    private static (CommandRefusal, string?)? FaultOfObject(JsonElement value, int depthLeft)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            if (!seen.Add(property.Name)) return (CommandRefusal.DuplicateKey, property.Name);
            if (FirstFault(property.Value, depthLeft - 1) is { } fault) return (fault.Refusal, fault.Where ?? property.Name);
        }

        return null;
    }

    private static (CommandRefusal, string?)? FaultOfArray(JsonElement value, int depthLeft)
    {
        foreach (var item in value.EnumerateArray())
        {
            if (FirstFault(item, depthLeft - 1) is { } fault) return fault;
        }

        return null;
    }

    private static void Write(Utf8JsonWriter json, JsonElement value, bool isTop = false)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in value.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    if (isTop && property.NameEquals(Signature)) continue;
                    json.WritePropertyName(property.Name);
                    Write(json, property.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(json, item);
                json.WriteEndArray();
                break;
            case JsonValueKind.Number:
                json.WriteNumberValue(value.GetInt64());
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}
