using System.Text;
using System.Text.Json;

namespace DriverMonitor.Tests.Support;

/// <summary>
/// JSON as an attacker or a broken program writes it: sound messages of which up to three values stand at a limit, keys come
/// twice or not at all, and now and then the bytes themselves are damaged. The same ones every time.
/// </summary>
internal sealed class EdgeJson(int seed, params string[] sound)
{
    /// <summary>How often a reader is tried.</summary>
    public static int Rounds { get; } = LongForm.IsWanted ? 400_000 : 20_000;

    /// <summary>
    /// Where a number, a time or a text may break who reads it; each is tried for every value of every message.
    /// </summary>
    public static readonly string[] Tokens =
    [
        "-9223372036854775808",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615",
        "-2147483648",
        "2147483647",
        "2147483648",
        "65535",
        "65536",
        "-1",
        "0",
        "-0",
        "-0.0",
        "0.5",
        "1",
        "9007199254740992",
        "9007199254740993",
        "-9007199254740993",
        "1e15",
        "1e14",
        "922337203685477",
        "922337203685478",
        "-922337203685478",
        "922337203686",
        "253402300800",
        "253402300800000",
        "-62135596801",
        "1e308",
        "-1e308",
        "1.7976931348623157e308",
        "1e309",
        "-1e400",
        "1e-400",
        "5e-324",
        "1e0",
        "1.0",
        "100000000000000000000000000000",
        "123456789012345678901234567890",
        "0.123456789012345678901234567890",
        "1e999999999",
        "1e-999999999",
        "01",
        "+1",
        ".5",
        "0x10",
        "1_0",
        "NaN",
        "Infinity",
        "-Infinity",
        "\"NaN\"",
        "\"Infinity\"",
        "\"-Infinity\"",
        "\"1\"",
        "\"-9223372036854775808\"",
        "\"1e400\"",
        "\"10675199.02:48:05.4775807\"",
        "\"-10675199.02:48:05.4775808\"",
        "\"24:00:00\"",
        "\"7.00:00:\"",
        "\"-00:00:01\"",
        "\"0001-01-01T00:00:00Z\"",
        "\"0001-01-01T00:00:00+14:00\"",
        "\"9999-12-31T23:59:59Z\"",
        "\"9999-12-31T23:59:59.9999999-14:00\"",
        "\"2026-02-30T00:00:00Z\"",
        "\"0001-01-01\"",
        "\"9999-12-31\"",
        "\"\"",
        "\"\\ud800\"",
        "\"\\udfff\\ud800\"",
        "\"\\u0000\"",
        "\"\\\\\"",
        "\"../../etc/passwd\"",
        "\"Camera\"",
        "\"camera\"",
        "null",
        "true",
        "false",
        "{}",
        "[]",
        "[null]",
        "[{}]",
        "{\"a\":null}",
        "[[1,2]]",
        "[[-9223372036854775808,9223372036854775807]]",
        Deep(6),
        Deep(64),
        Deep(65),
        Deep(1_200),
        $"\"{new string('x', 300)}\"",
        $"[{string.Join(',', Enumerable.Repeat("1e308", 40))}]",
    ];

    private static readonly string[] Keys = ["\"\"", "\"\\ud800\"", "\"__proto__\"", "\"\\u0000\"", "\"$type\"", "\"$id\""];

    private readonly Random _random = new(seed);
    private readonly JsonElement[] _sound = [.. sound.Select(text => JsonDocument.Parse(text).RootElement)];
    private readonly StringBuilder _text = new();
    private int _edgeAt, _edges, _place, _rarely;

    public byte[] Next()
    {
        var message = _sound[_random.Next(_sound.Length)];
        var places = Places(message);
        (_edges, _edgeAt, _place, _rarely) = (_random.Next(4), _random.Next(places), 0, Math.Max(60, 12 * places));
        _text.Clear();
        Write(message);
        return Damage(Encoding.UTF8.GetBytes(_text.ToString()));
    }

    private static string Deep(int levels) => new string('[', levels) + new string(']', levels);

    private static int Places(JsonElement value) => 1 + value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Sum(one => Places(one.Value)),
        JsonValueKind.Array => value.EnumerateArray().Sum(Places),
        _ => 0,
    };

    private void Write(JsonElement value)
    {
        if (_place++ == _edgeAt && _edges > 0)
        {
            _edges--;
            _edgeAt = _place + _random.Next(1 + Places(value));
            _text.Append(Tokens[_random.Next(Tokens.Length)]);
        }
        else if (value.ValueKind == JsonValueKind.Object) WriteObject(value);
        else if (value.ValueKind == JsonValueKind.Array) WriteArray(value);
        else _text.Append(value.GetRawText());
    }

    private void WriteObject(JsonElement value)
    {
        var before = _text.Append('{').Length;
        foreach (var one in value.EnumerateObject())
        {
            if (Rarely())
                continue;
            if (Rarely())
                Separate(before).Append(Keys[_random.Next(Keys.Length)]).Append(':').Append(Tokens[_random.Next(Tokens.Length)]);
            for (var times = Rarely() ? 2 : 1; times > 0; times--)
            {
                Separate(before).Append(JsonSerializer.Serialize(one.Name)).Append(':');
                Write(one.Value);
            }
        }

        _text.Append('}');
    }

    private void WriteArray(JsonElement value)
    {
        var before = _text.Append('[').Length;
        foreach (var one in value.EnumerateArray())
        {
            Separate(before);
            Write(one);
        }

        _text.Append(']');
    }

    private StringBuilder Separate(int before) => _text.Length > before ? _text.Append(',') : _text;

    private byte[] Damage(byte[] bytes) => _random.Next(40) switch
    {
        0 => [0xef, 0xbb, 0xbf, .. bytes],
        1 => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes)),
        2 => bytes[.._random.Next(bytes.Length)],
        3 => [.. bytes, 0],
        4 => [.. bytes, .. bytes],
        5 => Fuzz.Damage(_random, bytes),
        _ => bytes,
    };

    /// <summary>Now and then in a message, however long it is.</summary>
    private bool Rarely() => _random.Next(_rarely) == 0;
}
