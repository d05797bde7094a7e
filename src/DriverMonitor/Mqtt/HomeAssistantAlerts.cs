using System.Text.Json;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Wire;

namespace DriverMonitor.Mqtt;

/// <summary>
/// Alerts for Home Assistant: one event entity with all of them, and triggers that an automation chooses from a list. What waited
/// for the network is left out: a lamp must not flash for what happened an hour ago.
/// </summary>
internal static class HomeAssistantAlerts
{
    private static readonly string[] Phases = ["raised", "escalated", "cleared", "disputed"];

    /// <summary>What an automation begins with; a dispute begins none.</summary>
    private static readonly string[] TriggerPhases = ["raised", "escalated", "cleared"];

    private const string IsNow = "value_json.data.phase is defined and not value_json.late";

    /// <summary>Other messages of the topic (news of the device, gaps) render to nothing, and are passed over.</summary>
    private const string EventTemplate =
        "{% if " + IsNow + " %}{{ {'event_type': value_json.data.phase, 'kind': value_json.data.kind, "
        + "'level': value_json.data.level, 'rule': value_json.data.rule, 'episode': value_json.data.episode} | to_json }}{% endif %}";

    public static void Write(Utf8JsonWriter json, WireIdentity who, Topics topics, string id)
    {
        json.WriteStartObject("alerts");
        json.WriteString("platform", "event");
        json.WriteString("unique_id", $"{id}-alerts");
        json.WriteString("name", "Alerts");
        json.WriteString("state_topic", topics.Alert("#"));
        json.WriteString("value_template", EventTemplate);
        json.WriteStartArray("event_types");
        foreach (var phase in Phases) json.WriteStringValue(phase);
        json.WriteEndArray();
        json.WriteEndObject();

        foreach (var kind in Kinds(who))
        {
            foreach (var phase in TriggerPhases) WriteTrigger(json, topics, kind, phase);
        }
    }

    /// <summary>As the topics name them; where an emotion may not be named its alerts come as the state of the driver.</summary>
    private static string[] Kinds(WireIdentity who) => who.Discloses(Disclosure.Emotions)
        ? ["fatigue", "distraction", "stress", "anger"]
        : ["fatigue", "distraction", DisclosurePolicy.DriverState];

    private static void WriteTrigger(Utf8JsonWriter json, Topics topics, string kind, string phase)
    {
        json.WriteStartObject($"{kind}_{phase}");
        json.WriteString("platform", "device_automation");
        json.WriteString("automation_type", "trigger");
        json.WriteString("type", $"alert {phase}");
        json.WriteString("subtype", kind);
        json.WriteString("topic", topics.Alert(kind));
        json.WriteString("payload", phase);
        json.WriteString("value_template", "{{ value_json.data.phase if " + IsNow + " else '' }}");
        json.WriteEndObject();
    }
}
