using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DriverMonitor.Monitoring;

namespace DriverMonitor.Tests.Configuration;

/// <summary>A file that comes with the program and shows keys with their defaults.</summary>
internal static class ShippedFile
{
    private static readonly JsonSerializerOptions Shape = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Every key that belongs into it, with its default.</summary>
    public static string Expected(bool isExpert)
    {
        var root = JsonSerializer.SerializeToNode(new { DriverMonitor = new MonitorOptions() }, Shape)!;
        Prune(root["DriverMonitor"]!.AsObject(), "", isExpert);
        return root.ToJsonString(Shape);
    }

    /// <summary>How many values the file holds.</summary>
    public static int Count(JsonNode? node) => node is JsonObject { Count: > 0 } group ? group.Sum(one => Count(one.Value)) : 1;

    private static void Prune(JsonObject group, string path, bool isExpert)
    {
        foreach (var (name, value) in group.ToList())
        {
            if (value is JsonObject { Count: > 0 } inner)
            {
                Prune(inner, $"{path}{name}:", isExpert);
                if (inner.Count == 0) group.Remove(name);
            }
            else if (InstallerKeys.Split.IsInstaller(path + name) == isExpert)
            {
                group.Remove(name);
            }
        }
    }
}
