using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DriverMonitor.HeartRate.Bluez;

/// <summary>Writes a strap's address into the text of a settings file, and leaves the rest as it is.</summary>
internal static class StrapBinding
{
    private static readonly JsonSerializerOptions Shape = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What an installer would type.</summary>
    public static string Snippet(string address) =>
        $$"""{ "DriverMonitor": { "HeartRate": { "Bluetooth": { "Addresses": ["{{address}}"] } } } }""";

    /// <summary>
    /// The text with the strap in the first place; null where it could not be kept whole, such as with comments in it.
    /// </summary>
    /// <param name="only">Whether straps that were bound before are forgotten.</param>
    public static string? Bind(string settings, string address, bool only)
    {
        try
        {
            return BindOrThrow(settings, address, only);
        }
        // No JSON; a key that comes twice; text that cannot be written again, such as half a surrogate.
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? BindOrThrow(string settings, string address, bool only)
    {
        var root = JsonNode.Parse(settings);
        if (root is not JsonObject file) return null;
        var bluetooth = Within(Within(Within(file, "DriverMonitor"), "HeartRate"), "Bluetooth");
        if (bluetooth is null) return null;
        var bound = only ? [] : bluetooth["Addresses"] as JsonArray ?? [];
        var others = bound.Where(other => !Is(other, address)).Select(other => other?.DeepClone());
        bluetooth["Addresses"] = new JsonArray([JsonValue.Create(address), .. others]);
        return root.ToJsonString(Shape) + "\n";
    }

    private static bool Is(JsonNode? bound, string address) =>
        bound is JsonValue value
        && value.TryGetValue<string>(out var text)
        && text.Equals(address, StringComparison.OrdinalIgnoreCase);

    private static JsonObject? Within(JsonObject? parent, string name)
    {
        if (parent is null) return null;
        if (parent[name] is null) parent[name] = new JsonObject();
        return parent[name] as JsonObject;
    }
}
