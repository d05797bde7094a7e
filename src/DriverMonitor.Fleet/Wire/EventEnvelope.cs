using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace DriverMonitor.Fleet.Wire;

/// <summary>The outside of an event: what every one has, whatever it is about.</summary>
internal ref struct EventEnvelope
{
    /// <summary>Beyond 2^53 readers begin to disagree about whole numbers.</summary>
    private const long LargestSeq = 1L << 53;

    private ReadOnlySpan<byte> _id;
    private ReadOnlySpan<byte> _source;
    private Seen _seen;

    public ulong Epoch { get; private set; }

    public long Seq { get; private set; }

    /// <summary>Unix milliseconds; null if it cannot be read.</summary>
    public long? At { get; private set; }

    public EventType Type { get; private set; }

    public EventClock? Clock { get; private set; }

    public bool IsLate { get; private set; }

    public int Boot { get; private set; }

    public long Mono { get; private set; }

    public bool NamesEmotion { get; private set; }

    /// <summary>What is wrong although the identity could be read; null if nothing.</summary>
    public readonly string? Fault =>
        At is null ? "time cannot be read"
        : Clock is null ? "clock is none of the four words"
        : Boot < 1 ? "boot is missing or below 1"
        : (_seen & Seen.Needed) != Seen.Needed ? $"missing: {(Seen.Needed & ~_seen).ToString().ToLowerInvariant()}"
        : null;

    /// <summary>What makes it unreadable as a whole; null if nothing.</summary>
    public string? Read(ref Utf8JsonReader json, ReadOnlySpan<byte> body, ref EventData data)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return "not an object";
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = KeyOf(ref json);
            json.Read();
            if (key == Seen.None) json.Skip();
            else if ((_seen & key) != 0) return $"{key.ToString().ToLowerInvariant()} stands twice";
            else if (key == Seen.Data)
            {
                if (json.TokenType != JsonTokenType.StartObject) return "data is not an object";
                data.Read(ref json);
            }
            else if (!TakeValue(key, ref json)) json.Skip();

            _seen |= key;
        }

        // Reads on to the end, which throws if more follows.
        json.Read();
        return null;
    }

    /// <summary>Whether id, source and topic name one vehicle and one number; null if they do.</summary>
    public readonly string? IdentityFault(TopicName name)
    {
        if (Epoch == 0 && (_seen & Seen.Epoch) == 0) return "epoch is missing";
        if (Seq is < 0 or > LargestSeq || (_seen & Seen.Seq) == 0) return "seq is missing or out of range";
        Span<byte> expected = stackalloc byte[128];
        System.Text.Unicode.Utf8.TryWrite(expected, CultureInfo.InvariantCulture, $"/{name.Tenant}/{name.Vehicle}", out var length);
        if (!_source.SequenceEqual(expected[..length])) return "source is not the topic's vehicle";
        System.Text.Unicode.Utf8.TryWrite(
            expected, CultureInfo.InvariantCulture, $"{name.Vehicle}:{Epoch:x16}:{Seq}", out length);
        var isIt = Seq > 0
            ? _id.SequenceEqual(expected[..length])
            : _id.StartsWith(expected[..length]) && _id.Length > length && _id[length] == (byte)':';
        return isIt ? null : "id is not vehicle:epoch:seq";
    }

    private bool TakeValue(Seen key, ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String when !json.ValueIsEscaped:
                TakeText(key, ref json);
                return true;
            case JsonTokenType.Number when key == Seen.Seq:
                Seq = json.TryGetInt64(out var seq) ? seq : -1;
                return true;
            case JsonTokenType.Number when key == Seen.Boot:
                Boot = json.TryGetInt32(out var boot) ? boot : 0;
                return true;
            case JsonTokenType.Number when key == Seen.Mono:
                Mono = json.TryGetInt64(out var mono) ? mono : 0;
                return true;
            case JsonTokenType.True or JsonTokenType.False when key == Seen.Late:
                IsLate = json.TokenType == JsonTokenType.True;
                return true;
            default:
                return false;
        }
    }

    private void TakeText(Seen key, ref Utf8JsonReader json)
    {
        var text = json.ValueSpan;
        switch (key)
        {
            case Seen.Id: _id = text; break;
            case Seen.Source: _source = text; break;
            case Seen.Type: Type = EventWords.TypeOf(text); break;
            case Seen.Time: At = EventWords.TimeOf(ref json); break;
            case Seen.Clock: Clock = EventWords.ClockOf(text); break;
            case Seen.Subject: NamesEmotion = EventWords.IsEmotion(text); break;
            case Seen.Epoch: Epoch = EpochOf(text); break;
            default: break;
        }
    }

    private static ulong EpochOf(ReadOnlySpan<byte> text)
    {
        const int Digits = 16;
        return text.Length == Digits && !text.ContainsAnyInRange((byte)'A', (byte)'F')
            && Utf8Parser.TryParse(text, out ulong epoch, out var read, 'x') && read == Digits ? epoch : 0;
    }

    private static Seen KeyOf(ref Utf8JsonReader json)
    {
        if (json.ValueIsEscaped) return Seen.None;
        var key = json.ValueSpan;
        return key.SequenceEqual("id"u8) ? Seen.Id
            : key.SequenceEqual("source"u8) ? Seen.Source
            : key.SequenceEqual("type"u8) ? Seen.Type
            : key.SequenceEqual("time"u8) ? Seen.Time
            : key.SequenceEqual("subject"u8) ? Seen.Subject
            : key.SequenceEqual("seq"u8) ? Seen.Seq
            : key.SequenceEqual("epoch"u8) ? Seen.Epoch
            : key.SequenceEqual("boot"u8) ? Seen.Boot
            : key.SequenceEqual("mono"u8) ? Seen.Mono
            : key.SequenceEqual("clock"u8) ? Seen.Clock
            : key.SequenceEqual("late"u8) ? Seen.Late
            : key.SequenceEqual("data"u8) ? Seen.Data
            : Seen.None;
    }

    [Flags]
    private enum Seen
    {
        None = 0,
        Id = 1,
        Source = 2,
        Type = 4,
        Time = 8,
        Subject = 16,
        Seq = 32,
        Epoch = 64,
        Boot = 128,
        Mono = 256,
        Clock = 512,
        Late = 1024,
        Data = 2048,
        Needed = Type | Time | Subject | Boot | Mono | Clock | Late | Data,
    }
}
