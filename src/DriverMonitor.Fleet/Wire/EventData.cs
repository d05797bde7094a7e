using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace DriverMonitor.Fleet.Wire;

/// <summary>The inside of an event: the fields that become columns, and where the others lie.</summary>
internal struct EventData
{
    /// <summary>More members are nobody's of the contract; they are kept, unread, with the whole message.</summary>
    private const int MostMembers = 24;

    private const int LongestEpisode = 32;
    private const int LongestRule = 64;

    /// <summary>SHA-256 in hexadecimal digits.</summary>
    private const int HashLetters = 64;

    private static readonly SearchValues<byte> EpisodeLetters = SearchValues.Create("0123456789-"u8);

    private Members _members;
    private int _count;
    private long? _from;
    private long? _to;
    private string? _reason;
    private int? _boot;
    private long? _mono;
    private long? _utc;
    private EventType? _phase;
    private bool _hasStatus;
    private bool _hasName;
    private long? _entries;
    private string? _hash;

    public EventKind? Kind { get; private set; }

    public int? Level { get; private set; }

    public string? Episode { get; private set; }

    public string? Rule { get; private set; }

    public ulong? FormerEpoch { get; private set; }

    public bool NamesEmotion { get; private set; }

    /// <summary>The lowest privacy level at which all of it may be told.</summary>
    public int LeastPrivacy { get; private set; }

    public readonly LostRange? Lost =>
        _from is { } from && _to is { } to && from >= 1 && to >= from ? new(from, to, _reason ?? "") : null;

    public readonly ClockFix? Fix => _boot is { } boot && _mono is { } mono && _utc is { } utc ? new(boot, mono, utc) : null;

    public readonly AuditHead? Head => _entries is { } entries && _hash is { } hash ? new(entries, hash) : null;

    /// <summary>From the object's start to its end.</summary>
    public void Read(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var from = (int)json.TokenStartIndex;
            var key = json.ValueIsEscaped ? [] : json.ValueSpan;
            LeastPrivacy = Math.Max(LeastPrivacy, Measures.LevelOf(ref json));
            json.Read();
            var isColumn = json.TokenType switch
            {
                JsonTokenType.String when !json.ValueIsEscaped => TakeText(key, ref json),
                JsonTokenType.Number => TakeNumber(key, ref json),
                _ => false,
            };
            LeastPrivacy = Math.Max(LeastPrivacy, Measures.LevelWithin(ref json));
            if (isColumn) continue;
            if (_count < MostMembers) _members[_count] = new(from, (int)json.BytesConsumed);
            _count++;
        }
    }

    /// <summary>What an event of this type lacks; null if nothing.</summary>
    public readonly string? FaultOf(EventType type, TopicName name) => type switch
    {
        _ when _count > MostMembers => "data has more than 24 members",
        EventType.Raised or EventType.Escalated or EventType.Cleared or EventType.Disputed => AlertFault(type, name),
        EventType.DeviceStatus when !_hasStatus => "status is missing",
        EventType.Gap when _reason is null || (Lost is null && FormerEpoch is null && _from is not null) => "the gap has no numbers",
        EventType.ClockFix when Fix is null => "boot, mono or utc is missing",
        EventType.OrderAnswer when !_hasName => "name is missing",
        EventType.AuditHead when Head is null => "entries or hash is missing",
        _ => null,
    };

    /// <summary>JSON of what is no column, copied as it came.</summary>
    public readonly string Rest(ReadOnlySpan<byte> body)
    {
        if (_count == 0) return "{}";
        Span<byte> rest = stackalloc byte[1024];
        byte[]? rented = null;
        if (body.Length + 2 > rest.Length) rest = rented = ArrayPool<byte>.Shared.Rent(body.Length + 2);
        var length = 0;
        rest[length++] = (byte)'{';
        for (var i = 0; i < _count; i++)
        {
            if (i > 0) rest[length++] = (byte)',';
            var member = body[_members[i].From.._members[i].To];
            member.CopyTo(rest[length..]);
            length += member.Length;
        }

        rest[length++] = (byte)'}';
        var text = Encoding.UTF8.GetString(rest[..length]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return text;
    }

    private readonly string? AlertFault(EventType type, TopicName name) =>
        Episode is null ? "episode is missing or no BOOT-NUMBER"
        : Kind is null ? "kind is missing or unknown"
        : EventWords.NameOf(Kind.Value) != name.Leaf ? "kind is not the topic's"
        : Level is null or < 0 or > 4 ? "level is missing or not 0 to 4"
        : Rule is null ? "rule is missing"
        : _phase != type ? "phase is not the type's"
        : null;

    private bool TakeText(ReadOnlySpan<byte> key, ref Utf8JsonReader json)
    {
        var text = json.ValueSpan;
        if (key.SequenceEqual("kind"u8))
        {
            (Kind, NamesEmotion) = (EventWords.KindOf(text), EventWords.IsEmotion(text));
            return Kind is not null;
        }

        if (key.SequenceEqual("phase"u8)) return (_phase = EventWords.PhaseOf(text)) is not null;
        if (key.SequenceEqual("episode"u8))
        {
            if (text.Length is > 0 and <= LongestEpisode && !text.ContainsAnyExcept(EpisodeLetters))
                Episode = Encoding.ASCII.GetString(text);
            return Episode is not null;
        }

        if (key.SequenceEqual("rule"u8)) Rule = text.Length <= LongestRule ? Encoding.UTF8.GetString(text) : null;
        else if (key.SequenceEqual("reason"u8)) _reason = text.Length <= LongestRule ? Encoding.UTF8.GetString(text) : null;
        else if (key.SequenceEqual("status"u8)) _hasStatus = true;
        else if (key.SequenceEqual("name"u8)) _hasName = true;
        else if (key.SequenceEqual("hash"u8)) _hash = text.Length == HashLetters ? Encoding.ASCII.GetString(text) : null;
        else if (key.SequenceEqual("utc"u8)) _utc = EventWords.TimeOf(ref json);
        else if (key.SequenceEqual("formerEpoch"u8) && Utf8Parser.TryParse(text, out ulong epoch, out var read, 'x') && read == 16)
            FormerEpoch = epoch;
        return false;
    }

    private bool TakeNumber(ReadOnlySpan<byte> key, ref Utf8JsonReader json)
    {
        if (!json.TryGetInt64(out var number)) return false;
        if (key.SequenceEqual("level"u8))
        {
            if (number is < 0 or > 4) return false;
            Level = (int)number;
            return true;
        }

        if (key.SequenceEqual("from"u8)) _from = number;
        else if (key.SequenceEqual("to"u8)) _to = number;
        else if (key.SequenceEqual("mono"u8)) _mono = number;
        else if (key.SequenceEqual("entries"u8)) _entries = number >= 0 ? number : null;
        else if (key.SequenceEqual("boot"u8)) _boot = number is > 0 and <= int.MaxValue ? (int)number : null;
        return false;
    }

    private readonly record struct Member(int From, int To);

    [System.Runtime.CompilerServices.InlineArray(MostMembers)]
    private struct Members
    {
        private Member _first;
    }
}
