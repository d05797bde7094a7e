using System.Buffers;
using System.Text.Json;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Wire;

namespace DriverMonitor.Mqtt;

/// <summary>
/// Describes the vehicle to Home Assistant in one message (its "device discovery"): every entity is a view of the retained
/// state or of the alerts, so nothing more has to be sent for them.
/// </summary>
internal static class HomeAssistantDevice
{
    /// <summary>A state is told every 36 s at most; what is older than this cannot be true any more.</summary>
    private const int ExpireAfterSeconds = 120;

    public static string Topic(WireIdentity who) => $"homeassistant/device/{Id(who)}/config";

    /// <summary>Null to say nothing, empty to take back what was said.</summary>
    public static byte[]? Announce(Announcement wanted, WireIdentity who, Topics topics, DeviceFacts facts) => wanted switch
    {
        Announcement.Off => null,
        Announcement.Remove => [],
        Announcement.On => Write(who, topics, facts),
        _ => throw new ArgumentOutOfRangeException(nameof(wanted)),
    };

    private static string Id(WireIdentity who) => $"dm-{who.Tenant}-{who.Vehicle}";

    private static byte[] Write(WireIdentity who, Topics topics, DeviceFacts facts)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        WriteDevice(json, who, facts);
        json.WriteString("state_topic", topics.State);
        json.WriteString("availability_topic", topics.Status);
        json.WriteString("availability_template", "{{ 'online' if value_json.st == 'online' else 'offline' }}");
        json.WriteStartObject("components");
        foreach (
            var kind in who.Discloses(Disclosure.Emotions)
                ? new[] { "fatigue", "distraction", "stress", "anger" }
                : ["fatigue", "distraction"])
            WriteRisk(json, who, kind);
        if (who.Discloses(Disclosure.Measures))
            WriteSensor(
                json, who, "heart_rate", "Heart rate", "{{ value_json.vss['Vehicle.Driver.HeartRate'] | default(None) }}", "bpm");
        WriteLevel(json, who);
        HomeAssistantAlerts.Write(json, who, topics, Id(who));
        WriteProblem(json, who, "warning", "Driver warned", "IsWarning", "safety");
        WriteProblem(json, who, "error", "Camera fault", "IsError", "problem");
        WriteSensor(json, who, "camera", "Camera", "{{ value_json.cam }}", diagnostic: true);
        WriteSensor(json, who, "strap", "Heart strap", "{{ value_json.hr }}", diagnostic: true);
        WriteSensor(json, who, "waiting", "Events waiting", "{{ value_json.q.c0 }}", diagnostic: true);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteDevice(Utf8JsonWriter json, WireIdentity who, DeviceFacts facts)
    {
        json.WriteStartObject("device");
        json.WriteStartArray("identifiers");
        json.WriteStringValue(Id(who));
        json.WriteEndArray();
        json.WriteString("name", $"Driver Monitor {who.Vehicle}");
        json.WriteString("manufacturer", "Driver Monitor");
        json.WriteString("model", facts.Model ?? "Driver Monitor");
        json.WriteString("sw_version", who.Version);
        if (facts.Page is { } page) json.WriteString("configuration_url", page.AbsoluteUri);
        json.WriteEndObject();
        json.WriteStartObject("origin");
        json.WriteString("name", "drivermonitor");
        json.WriteString("sw_version", who.Version);
        json.WriteEndObject();
    }

    // What cannot be judged is absent from the state; None shows as "unknown", never as zero.
    private static void WriteRisk(Utf8JsonWriter json, WireIdentity who, string kind) =>
        WriteSensor(json, who, kind, string.Concat(kind[..1].ToUpperInvariant(), kind[1..]),
            $"{{{{ (value_json.risk.{kind} * 100) | round | int if value_json.risk.{kind} is defined else None }}}}", "%");

    /// <summary>A word of a list, so that an automation offers the levels to choose from.</summary>
    private static void WriteLevel(Utf8JsonWriter json, WireIdentity who)
    {
        var levels = Enum.GetNames<AlertLevel>().Select(name => name.ToLowerInvariant()).ToList();
        var words = string.Join(", ", levels.Select(level => $"'{level}'"));
        Begin(json, who, "alert", "Alert level", "sensor", $"{{{{ [{words}][value_json.alert] }}}}");
        json.WriteString("device_class", "enum");
        json.WriteStartArray("options");
        foreach (var level in levels) json.WriteStringValue(level);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSensor(
        Utf8JsonWriter json,
        WireIdentity who,
        string key,
        string name,
        string template,
        string? unit = null,
        bool diagnostic = false)
    {
        Begin(json, who, key, name, "sensor", template);
        if (unit is not null)
        {
            json.WriteString("unit_of_measurement", unit);
            json.WriteString("state_class", "measurement");
            // Without it a share of 12 is shown as 12.0 once statistics have been made of it.
            json.WriteNumber("suggested_display_precision", 0);
        }

        if (diagnostic) json.WriteString("entity_category", "diagnostic");
        json.WriteEndObject();
    }

    private static void WriteProblem(
        Utf8JsonWriter json, WireIdentity who, string key, string name, string signal, string deviceClass)
    {
        Begin(json, who, key, name, "binary_sensor", $"{{{{ 'ON' if value_json.vss['Vehicle.ADAS.DMS.{signal}'] else 'OFF' }}}}");
        json.WriteString("device_class", deviceClass);
        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, WireIdentity who, string key, string name, string platform, string template)
    {
        json.WriteStartObject(key);
        json.WriteString("platform", platform);
        json.WriteString("unique_id", $"{Id(who)}-{key}");
        json.WriteString("name", name);
        json.WriteString("value_template", template);
        json.WriteNumber("expire_after", ExpireAfterSeconds);
    }
}
