using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DriverMonitor.Mqtt;

/// <summary>Reads what other programs send: small, strict about what it knows, patient with what it does not, and never throws.</summary>
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
    public static bool TryRead<T>(ReadOnlySpan<byte> body, [NotNullWhen(true)] out T? message, [NotNullWhen(false)] out string? flaw)
        where T : class
    {
        (message, flaw) = (null, null);
        if (body.Length > Longest)
        {
            flaw = $"it is longer than {Longest} bytes";
            return false;
        }

        try
        {
            message = JsonSerializer.Deserialize<T>(body, Strict);
            if (message is null) flaw = "it is null";
        }
        catch (JsonException e)
        {
            flaw = IsKnownKey<T>(e.Path, out var key) ? $"'{key}' is not of the kind it must be, or comes twice" : "it is not one JSON object with every key once";
        }

        return flaw is null;
    }

    // The path may hold any text the sender liked; only our own words go into a log.
    private static bool IsKnownKey<T>(string? path, out string key)
    {
        key = path is ['$', '.', .. var rest] ? rest.Split('[')[0] : "";
        var found = key;
        return Array.Exists(typeof(T).GetProperties(), property => JsonNamingPolicy.CamelCase.ConvertName(property.Name) == found);
    }
}
