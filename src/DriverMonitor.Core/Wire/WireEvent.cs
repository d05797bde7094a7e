using System.Collections.Immutable;
using System.Text.Json;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Wire;

/// <summary>Bodies of the events that are queued and must not be lost: alerts, news of the monitor itself, and gaps.</summary>
public static class WireEvent
{
    /// <summary>The kind of everything the monitor says about itself.</summary>
    public const string Device = "device";

    /// <summary>An alert was raised, rose, or ended.</summary>
    /// <param name="episode">From raised to cleared the same: <c>BOOT-NUMBER</c>.</param>
    /// <param name="sound">Name of the pattern the buzzer plays for it; null if it is not heard.</param>
    /// <param name="trip">The trip it belongs to, as its own event will name it; null outside of one.</param>
    public static byte[] Alert(
        WireIdentity who,
        WireStamp stamp,
        MonitorEvent.Alert alert,
        string episode,
        string? sound,
        WireSenses senses,
        WireOrigin origin,
        string? trip = null)
    {
        var kind = KindOf(who, alert.Rule);
        var isNamed = who.Policy.Names(Audience.Fleet, alert.Rule);
        return WireEnvelope.Write(who, stamp, alert.At, $"alert.{EventNames.Of(alert.Phase)}", kind, "alert:1.0", json =>
        {
            json.WriteString("episode", episode);
            if (trip is not null) json.WriteString("trip", trip);
            json.WriteString("kind", kind);
            json.WriteString("rule", who.Policy.NameOf(Audience.Fleet, alert.Rule));
            json.WriteNumber("level", (int)alert.Level);
            json.WriteString("phase", EventNames.Of(alert.Phase));
            WriteReasons(json, isNamed ? alert.Why : [], who.Discloses(Disclosure.Measures));
            if (isNamed && alert.Score is { } score) WriteFinite(json, "score", score);
            if (isNamed && alert.Confidence is { } confidence) WriteFinite(json, "conf", confidence);
            json.WriteStartObject("sensors");
            json.WriteString("cam", senses.Camera);
            json.WriteString("hr", senses.Heart);
            json.WriteEndObject();
            json.WriteStartArray("action");
            if (sound is not null) json.WriteStringValue($"buzzer:{sound}");
            json.WriteEndArray();
            if (origin.Model is not null) json.WriteString("model", origin.Model);
            if (origin.Configuration is not null) json.WriteString("cfg", origin.Configuration);
        });
    }

    /// <summary>The driver says that an alert was wrong.</summary>
    public static byte[] Dispute(WireIdentity who, WireStamp stamp, MonitorEvent.Dispute dispute, string episode)
    {
        var kind = KindOf(who, dispute.Rule);
        return WireEnvelope.Write(who, stamp, dispute.At, "alert.disputed", kind, "alert:1.0", json =>
        {
            json.WriteString("episode", episode);
            json.WriteString("kind", kind);
            json.WriteString("rule", who.Policy.NameOf(Audience.Fleet, dispute.Rule));
            json.WriteNumber("level", (int)dispute.Level);
            json.WriteString("phase", "disputed");
        });
    }

    /// <summary>Something the operator must know about the monitor itself.</summary>
    public static byte[] Status(WireIdentity who, WireStamp stamp, MonitorEvent.Status status) =>
        Status(who, stamp, status.At, EventNames.Of(status.Kind), status.Detail);

    /// <param name="status">One word that never changes, for machines: news of parts that the judgement knows nothing of.</param>
    public static byte[] Status(WireIdentity who, WireStamp stamp, TimeSpan at, string status, string? detail) =>
        WireEnvelope.Write(who, stamp, at, "device.status", Device, "device:1.0", json =>
        {
            json.WriteString("kind", Device);
            json.WriteString("status", status);
            if (detail is not null) json.WriteString("detail", detail);
        });

    /// <summary>Says in a stored event that it is sent long after it happened.</summary>
    public static void MarkLate(Span<byte> body) => WireEnvelope.MarkLate(body);

    /// <summary>The kind under which an alert of this rule is sent; also the last part of its topic.</summary>
    public static string KindOf(WireIdentity who, AlertRule rule) => who.Policy.StateOf(Audience.Fleet, rule);

    private static void WriteReasons(Utf8JsonWriter json, ImmutableArray<Reason> why, bool withValues)
    {
        json.WriteStartArray("why");
        if (!why.IsDefault)
        {
            foreach (var reason in why)
            {
                json.WriteStartObject();
                json.WriteString("f", reason.Cue);
                // Which cue took part and where its limit lies is an explanation; what was measured of a person is data about
                // them.
                if (withValues) WriteFinite(json, "v", reason.Value);
                if (reason.Limit is { } limit) WriteFinite(json, "th", limit);
                json.WriteString("unit", reason.Unit);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteFinite(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, Math.Round(value, 3));
    }
}

/// <summary>Which senses work: <c>ok</c>, or what is wrong with them in one word.</summary>
public readonly record struct WireSenses(string Camera, string Heart);

/// <summary>What judged: the models and the settings, by a short hash or version; null while unknown.</summary>
public readonly record struct WireOrigin(string? Model, string? Configuration);
