using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace DriverMonitor.Fleet.Wire;

/// <summary>
/// Reads one message of a vehicle: bounded, in one pass, never by exception to the caller. What does not fit is a finding, and is
/// to be acknowledged like everything else: refused, it would come again for ever. If at least its identity can be read and
/// agrees with the topic, it takes its number, or the fleet would ask for that number again for ever.
/// </summary>
/// <param name="tenants">Whose messages are taken.</param>
/// <param name="euWork">Of these, those where a message that names an emotion is not kept.</param>
/// <param name="privacy">Of these, the privacy level (0 to 3) above which nothing is kept, whatever a vehicle's own is.</param>
internal sealed class EventReader(
    IEnumerable<string> tenants, IEnumerable<string> euWork, IReadOnlyDictionary<string, int>? privacy = null)
{
    /// <summary>Longer messages are not even parsed.</summary>
    public const int LargestMessage = 64 * 1024;

    /// <summary>Of an event, what may be stored.</summary>
    public const int LargestBody = 8 * 1024;

    /// <summary>Findings about topics that are no vehicle's of a known tenant; no real tenant can be called so.</summary>
    public static readonly VehicleName Nobody = new("?", "?");

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 16 };
    private readonly FrozenSet<string> _tenants = tenants.ToFrozenSet(StringComparer.Ordinal);
    private readonly FrozenSet<string> _euWork = euWork.ToFrozenSet(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, int> _privacy = privacy ?? FrozenDictionary<string, int>.Empty;

    /// <param name="receivedAt">Unix milliseconds.</param>
    public Reading Read(string topic, ReadOnlySpan<byte> body, long receivedAt)
    {
        if (TopicName.Parse(topic) is not { } name) return Fault(Nobody, receivedAt, $"no vehicle writes on {TopicName.Shown(topic)}");
        if (!_tenants.Contains(name.Tenant))
            return Fault(Nobody, receivedAt, $"unknown tenant in {TopicName.Shown(topic)}");
        var vehicle = new VehicleName(name.Tenant, name.Vehicle);
        if (body.Length > LargestMessage) return Fault(vehicle, receivedAt, $"{name.Where}: {body.Length} bytes, more than 64 KiB");
        if (!Utf8.IsValid(body)) return Fault(vehicle, receivedAt, $"{name.Where}: not UTF-8");
        try
        {
            return name.Channel switch
            {
                TopicChannel.Status => Contact(vehicle, receivedAt, name, ContactReader.Presence(vehicle, body, receivedAt)),
                TopicChannel.State => Contact(vehicle, receivedAt, name, ContactReader.State(vehicle, body, receivedAt)),
                TopicChannel.Health => Health(vehicle, receivedAt, name, body),
                _ => Event(name, vehicle, body, receivedAt),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Invalid operation: a string whose escapes make no text.
            return Fault(vehicle, receivedAt, $"{name.Where}: not JSON ({TopicName.Shown(e.Message)})");
        }
    }

    private Reading Event(TopicName name, VehicleName vehicle, ReadOnlySpan<byte> body, long receivedAt)
    {
        var json = new Utf8JsonReader(body, Strict);
        var envelope = new EventEnvelope();
        var data = new EventData();
        if (envelope.Read(ref json, body, ref data) is { } broken) return Fault(vehicle, receivedAt, $"{name.Where}: {broken}");
        if (envelope.IdentityFault(name) is { } forged) return Fault(vehicle, receivedAt, $"{name.Where}: {forged}");
        if (envelope.Seq == 0 && name.Channel != TopicChannel.Answer)
            return Fault(vehicle, receivedAt, $"{name.Where}: seq 0 is for answers only");
        var stored = new FleetEvent(
            vehicle, envelope.Epoch, envelope.Seq, envelope.At ?? 0, envelope.Type, data.Kind ?? EventKind.None,
            data.Level ?? 0, envelope.Clock ?? EventClock.Unset, envelope.IsLate, envelope.Boot, envelope.Mono, data.Episode, "")
        {
            Lost = envelope.Type == EventType.Gap ? data.Lost : null,
            FormerEpoch = envelope.Type == EventType.Gap ? data.FormerEpoch : null,
            Fix = envelope.Type == EventType.ClockFix ? data.Fix : null,
            Head = envelope.Type == EventType.AuditHead ? data.Head : null,
            Rule = data.Rule,
            LeastPrivacy = Math.Max(data.LeastPrivacy, Measures.Least),
        };
        if (_euWork.Contains(name.Tenant) && NamesEmotion(name, envelope, data))
            return Unknown(stored, "{}", receivedAt, $"{name.Where}: names an emotion; nothing of it was kept");
        if (body.Length > LargestBody)
            return Unknown(stored, $$"""{"bytes":{{body.Length}}}""", receivedAt, $"{name.Where}: {body.Length} bytes, more than 8 KiB");
        if ((envelope.Fault ?? data.FaultOf(envelope.Type, name)) is { } fault)
            return Unknown(stored, Encoding.UTF8.GetString(body), receivedAt, $"{name.Where}: {fault}");
        var isRaw = envelope.Type == EventType.Unknown;
        stored = stored with { Body = isRaw ? Encoding.UTF8.GetString(body) : data.Rest(body) };
        if (isRaw) stored = stored with { LeastPrivacy = Measures.LevelWithin(stored.Body) };
        var level = _privacy.GetValueOrDefault(name.Tenant, PrivacyFilter.Highest);
        var (kept, dropped) = PrivacyFilter.Apply(stored, level, receivedAt);
        return new(kept, null, dropped ?? (isRaw ? null : ClockFinding(stored, receivedAt)));
    }

    private static bool NamesEmotion(TopicName name, in EventEnvelope envelope, in EventData data) =>
        name.Leaf is "stress" or "anger" || envelope.NamesEmotion || data.NamesEmotion;

    private static Finding? ClockFinding(FleetEvent stored, long receivedAt)
    {
        const long FiveMinutes = 300_000;
        return stored.Clock == EventClock.Synced && stored.At > receivedAt + FiveMinutes
            ? new(stored.Vehicle, receivedAt, FindingKind.Clock, $"stamped {(stored.At - receivedAt) / 1000} s in the future")
            : null;
    }

    private static Reading Contact(VehicleName vehicle, long receivedAt, TopicName name, VehicleContact? contact) =>
        contact is null ? Fault(vehicle, receivedAt, $"{name.Where}: a field is missing or out of range") : new(null, contact, null);

    /// <summary>Counters of the device: no privacy level has a measured value in them.</summary>
    private static Reading Health(VehicleName vehicle, long receivedAt, TopicName name, ReadOnlySpan<byte> body)
    {
        var reading = Contact(vehicle, receivedAt, name, ContactReader.Health(vehicle, body, receivedAt));
        return reading.Finding is null && Measures.LevelWithin(Encoding.UTF8.GetString(body)) > Measures.Least
            ? reading with { Finding = Fault(vehicle, receivedAt, $"{name.Where}: a value that no health tells; not kept").Finding }
            : reading;
    }

    private static Reading Fault(VehicleName vehicle, long receivedAt, string detail) =>
        new(null, null, new(vehicle, receivedAt, FindingKind.Contract, detail));

    private static Reading Unknown(FleetEvent stored, string body, long receivedAt, string detail) => new(
        stored with
        {
            Type = EventType.Unknown, Kind = EventKind.None, Level = 0, Episode = null, Rule = null, Body = body,
            Lost = null, Fix = null, FormerEpoch = null, Head = null, LeastPrivacy = Measures.LevelWithin(body),
        },
        null,
        new(stored.Vehicle, receivedAt, FindingKind.Contract, detail)
        {
            Numbers = stored.Seq > 0 ? (stored.Epoch, stored.Seq, stored.Seq) : null,
        });
}
