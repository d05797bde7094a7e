using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DriverMonitor.Fleet.Live;

/// <summary>Messages as server-sent events: a few lines of text each, of which JSON can break none.</summary>
internal static class LiveFrame
{
    /// <summary>Says that somebody is there; a client takes it for nothing.</summary>
    public static readonly byte[] Heartbeat = ": still here\n\n"u8.ToArray();

    /// <summary>Two seconds after a connection was lost the client comes again.</summary>
    public static readonly byte[] Start = "retry: 2000\n\n"u8.ToArray();

    /// <summary>Too much passed since: what was loaded before must be loaded anew.</summary>
    public static readonly byte[] Reset = "event: reset\ndata: {}\n\n"u8.ToArray();

    private static readonly JsonSerializerOptions Web =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <param name="position">To go on from; null for what is not stored.</param>
    public static byte[] Of<T>(string name, long? position, T data)
    {
        var id = position is { } number ? string.Create(CultureInfo.InvariantCulture, $"id: {number}\n") : "";
        return Encoding.UTF8.GetBytes($"{id}event: {name}\ndata: {JsonSerializer.Serialize(data, Web)}\n\n");
    }
}
