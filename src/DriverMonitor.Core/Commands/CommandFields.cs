using System.Globalization;
using System.Text.Json;

namespace DriverMonitor.Core.Commands;

/// <summary>
/// Takes the fields of one JSON object, each once, and remembers the first thing that was wrong. What could not be taken
/// comes back empty, so that reading an order stays one straight list.
/// </summary>
internal sealed class CommandFields(JsonElement fields, CommandFields? parent = null)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private (CommandRefusal Refusal, string Where)? _fault;

    public (CommandRefusal Refusal, string Where)? Fault => parent is null ? _fault : parent.Fault;

    public void Refuse(CommandRefusal refusal, string where)
    {
        if (parent is not null) parent.Refuse(refusal, where);
        else _fault ??= (refusal, where);
    }

    /// <param name="most">Characters; at least one is needed.</param>
    public string Text(string key, int most, Func<char, bool> may)
    {
        if (Take(key, JsonValueKind.String) is not { } value) return "";
        var text = value.GetString()!;
        if (text.Length >= 1 && text.Length <= most && text.All(may)) return text;
        Refuse(CommandRefusal.OutOfRange, key);
        return "";
    }

    public long Whole(string key, long least, long most = long.MaxValue)
    {
        if (Take(key, JsonValueKind.Number) is not { } value) return least;
        if (value.TryGetInt64(out var whole) && whole >= least && whole <= most) return whole;
        Refuse(CommandRefusal.OutOfRange, key);
        return least;
    }

    /// <summary>UTC in whole seconds: <c>2026-11-22T11:25:31Z</c>.</summary>
    public DateTimeOffset Time(string key)
    {
        if (Take(key, JsonValueKind.String) is not { } value) return default;
        if (DateTimeOffset.TryParseExact(value.GetString(), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)) return time;
        Refuse(CommandRefusal.OutOfRange, key);
        return default;
    }

    /// <summary>16 hexadecimal digits in lower case.</summary>
    public ulong Hex(string key)
    {
        var text = Text(key, 16, letter => char.IsAsciiDigit(letter) || letter is >= 'a' and <= 'f');
        if (text.Length is not (0 or 16)) Refuse(CommandRefusal.OutOfRange, key);
        return ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    public byte[] Base64(string key, int most)
    {
        var text = Text(key, most, letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/' or '=');
        var bytes = new byte[text.Length];
        if (Convert.TryFromBase64String(text, bytes, out var count)) return bytes[..count];
        Refuse(CommandRefusal.OutOfRange, key);
        return [];
    }

    public CommandFields Object(string key) => new(Take(key, JsonValueKind.Object) ?? default, this);

    public IEnumerable<JsonElement> Items(string key) =>
        Take(key, JsonValueKind.Array) is { } value ? value.EnumerateArray() : [];

    /// <summary>Every field of the object, whatever its name.</summary>
    public IEnumerable<JsonProperty> All()
    {
        if (fields.ValueKind != JsonValueKind.Object) yield break;
        foreach (var property in fields.EnumerateObject())
        {
            _taken.Add(property.Name);
            yield return property;
        }
    }

    /// <summary>Call it last: what nobody asked for is not ignored.</summary>
    public void NothingElse()
    {
        if (fields.ValueKind != JsonValueKind.Object) return;
        foreach (var property in fields.EnumerateObject())
        {
            if (!_taken.Contains(property.Name)) Refuse(CommandRefusal.UnknownKey, property.Name);
        }
    }

    private JsonElement? Take(string key, JsonValueKind kind)
    {
        _taken.Add(key);
        if (fields.ValueKind != JsonValueKind.Object) return null;
        if (!fields.TryGetProperty(key, out var value))
        {
            Refuse(CommandRefusal.MissingKey, key);
            return null;
        }

        if (value.ValueKind == kind) return value;
        Refuse(CommandRefusal.WrongType, key);
        return null;
    }
}
