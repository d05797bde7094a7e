using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DriverMonitor.HeartRate.Bluez;

/// <summary>Writes a strap's address into the text of a settings file, and leaves the rest as it is.</summary>
internal static class StrapBinding
{
    private static readonly JsonSerializerOptions Shape = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What an installer would type.</summary>
    public static string Snippet(string address) => $$"""{ "DriverMonitor": { "HeartRate": { "Bluetooth": { "Addresses": ["{{address}}"] } } } }""";

    /// <summary>The text with the strap in the first place; null where it could not be kept whole, such as with comments in it.</summary>
    /// <param name="only">Whether straps that were bound before are forgotten.</param>
    public static string? Bind(string settings, string address, bool only)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(settings);
        }
        catch (JsonException)
        {
            return null;
        }

        if (root is not JsonObject file) return null;
        var bluetooth = Within(Within(Within(file, "DriverMonitor"), "HeartRate"), "Bluetooth");
        if (bluetooth is null) return null;
        var others = only ? [] : (bluetooth["Addresses"] as JsonArray ?? []).Select(a => $"{a}").Where(a => !a.Equals(address, StringComparison.OrdinalIgnoreCase));
        bluetooth["Addresses"] = new JsonArray([.. new[] { address }.Concat(others).Select(a => JsonValue.Create(a))]);
        return root.ToJsonString(Shape) + "\n";
    }

    private static JsonObject? Within(JsonObject? parent, string name)
    {
        if (parent is null) return null;
        if (parent[name] is null) parent[name] = new JsonObject();
        return parent[name] as JsonObject;
    }
}
