using System.Text.Json;
using System.Text.Json.Nodes;

namespace DriverMonitor.Fleet.Web;

/// <summary>
/// What an event said, without what was measured on a person: below P2 no value is shown, even where a vehicle sent one by
/// mistake or lowered its level since.
/// </summary>
internal static class ShownData
{
    /// <summary>The first level that lets values out.</summary>
    public const int LevelOfValues = 2;

    private static readonly string[] Values = ["v", "value", "score", "conf", "risk", "bpm", "driver"];

    public static JsonElement WithoutValues(JsonElement data)
    {
        if (JsonNode.Parse(data.GetRawText()) is not { } node) return data;
        Remove(node);
        return JsonSerializer.SerializeToElement(node);
    }

    private static void Remove(JsonNode node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                if (item is not null) Remove(item);
            return;
        }

        if (node is not JsonObject members) return;
        foreach (var name in Values) members.Remove(name);
        foreach (var (_, member) in members)
            if (member is not null) Remove(member);
    }
}
