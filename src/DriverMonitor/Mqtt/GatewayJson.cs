using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace DriverMonitor.Mqtt;

/// <summary>
/// Reads what other programs send: small, strict about what it knows, patient with what it does not, and never throws.
/// </summary>
internal static class GatewayJson
{
    /// <summary>A longer message is no reading, whatever it says.</summary>
    public const int Longest = 4096;

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.Strict,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
    };

    /// <param name="flaw">What is wrong with it, in words; null where nothing is.</param>
    public static bool TryRead<T>(
        ReadOnlySpan<byte> body,
        [NotNullWhen(true)] out T? message,
        [NotNullWhen(false)] out string? flaw)
        where T : class
    {
        (message, flaw) = (null, null);
        if (body.Length > Longest)
        {
            flaw = $"it is longer than {Longest} bytes";
            return false;
        }

        if (Unlike(body) is { } odd)
        {
            flaw = odd;
            return false;
        }

        try
        {
            message = JsonSerializer.Deserialize<T>(body, Strict);
            if (message is null) flaw = "it is null";
        }
        catch (JsonException e)
        {
            flaw = IsKnownKey<T>(e.Path, out var key)
                ? $"'{key}' is not of the kind it must be, or comes twice"
                : "it is not one JSON object with every key once, or a key is not closed";
        }

        return flaw is null;
    }

    /// <summary>What programs in a hurry send instead of an object, in words; null where it may be one.</summary>
    private static string? Unlike(ReadOnlySpan<byte> body)
    {
        var text = body.TrimStart(" \t\r\n"u8);
        return body.IsEmpty ? "it is empty"
            : body.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? "it begins with a byte order mark; send UTF-8 without one"
            : body.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || body.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
                ? "it is UTF-16; send UTF-8"
            : body.Contains((byte)0) ? "it holds a NUL byte; a string's end must not be sent with it"
            : !Utf8.IsValid(body) ? "it is not UTF-8"
            : text.IsEmpty ? "it is blank"
            : text[0] == '[' ? "it is a list; send one object {...}"
            : text[0] == '"' ? "it is a bare text; send one object {...}"
            : text[0] is (byte)'-' or >= (byte)'0' and <= (byte)'9' ? "it is a bare number; send one object {...} with its key"
            : text[0] != '{' && !text.StartsWith("null"u8) ? "it is not a JSON object; it does not begin with '{'"
            : null;
    }

    // The path may hold any text the sender liked; only our own words go into a log.
    private static bool IsKnownKey<T>(string? path, out string key)
    {
        key = path is ['$', '.', .. var rest] ? rest.Split('[')[0] : "";
        var found = key;
        return Array.Exists(
            typeof(T).GetProperties(), property => JsonNamingPolicy.CamelCase.ConvertName(property.Name) == found);
    }
}
