using System.Text.Json;

namespace DriverMonitor.Fleet.Wire;

/// <summary>The contract's words, as bytes of the wire.</summary>
internal static class EventWords
{
    public static EventType TypeOf(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("io.dms.alert.raised.v1"u8) ? EventType.Raised
        : text.SequenceEqual("io.dms.alert.cleared.v1"u8) ? EventType.Cleared
        : text.SequenceEqual("io.dms.alert.escalated.v1"u8) ? EventType.Escalated
        : text.SequenceEqual("io.dms.device.status.v1"u8) ? EventType.DeviceStatus
        : text.SequenceEqual("io.dms.order.answer.v1"u8) ? EventType.OrderAnswer
        : text.SequenceEqual("io.dms.audit.head.v1"u8) ? EventType.AuditHead
        : text.SequenceEqual("io.dms.trip.ended.v1"u8) ? EventType.TripEnded
        : text.SequenceEqual("io.dms.alert.disputed.v1"u8) ? EventType.Disputed
        : text.SequenceEqual("io.dms.gap.v1"u8) ? EventType.Gap
        : text.SequenceEqual("io.dms.clockfix.v1"u8) ? EventType.ClockFix
        : text.SequenceEqual("io.dms.erased.v1"u8) ? EventType.Erased
        : text.SequenceEqual("io.dms.certificate.request.v1"u8) ? EventType.CertificateRequest
        : EventType.Unknown;

    public static EventKind? KindOf(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("fatigue"u8) ? EventKind.Fatigue
        : text.SequenceEqual("distraction"u8) ? EventKind.Distraction
        : text.SequenceEqual("stress"u8) ? EventKind.Stress
        : text.SequenceEqual("anger"u8) ? EventKind.Anger
        : text.SequenceEqual("driver-state"u8) ? EventKind.DriverState
        : text.SequenceEqual("device"u8) ? EventKind.Device
        : null;

    public static EventClock? ClockOf(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("synced"u8) ? EventClock.Synced
        : text.SequenceEqual("holdover"u8) ? EventClock.Holdover
        : text.SequenceEqual("floor"u8) ? EventClock.Floor
        : text.SequenceEqual("unset"u8) ? EventClock.Unset
        : null;

    public static EventType? PhaseOf(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("raised"u8) ? EventType.Raised
        : text.SequenceEqual("escalated"u8) ? EventType.Escalated
        : text.SequenceEqual("cleared"u8) ? EventType.Cleared
        : text.SequenceEqual("disputed"u8) ? EventType.Disputed
        : null;

    public static bool IsEmotion(ReadOnlySpan<byte> text) => KindOf(text) is EventKind.Stress or EventKind.Anger;

    /// <summary>Unix milliseconds of a time in UTC; null for everything else.</summary>
    public static long? TimeOf(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String && !json.ValueIsEscaped && json.ValueSpan is [.., (byte)'Z']
        && json.TryGetDateTimeOffset(out var time) ? time.ToUnixTimeMilliseconds() : null;

    /// <summary>The word that events of this kind are written under.</summary>
    public static string NameOf(EventKind kind) => kind switch
    {
        EventKind.Fatigue => "fatigue",
        EventKind.Distraction => "distraction",
        EventKind.Stress => "stress",
        EventKind.Anger => "anger",
        EventKind.DriverState => "driver-state",
        EventKind.Device => "device",
        _ => "",
    };
}
