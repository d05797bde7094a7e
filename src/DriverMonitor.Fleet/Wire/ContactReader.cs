using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace DriverMonitor.Fleet.Wire;

/// <summary>Bodies of what a vehicle says of itself without a number. Null for one that does not fit.</summary>
internal static class ContactReader
{
    private const int LongestWord = 32;
    private const int LongestHealth = 2048;

    public static VehicleContact? Presence(VehicleName vehicle, ReadOnlySpan<byte> body, long receivedAt)
    {
        var fields = new Fields(body);
        var privacy = fields.Text("privacy"u8) is ['P', >= '0' and <= '3'] level ? level[1] - '0' : -1;
        var isEpoch = Utf8Parser.TryParse(Encoding.ASCII.GetBytes(fields.Text("epoch"u8) ?? ""), out ulong epoch, out var read, 'x');
        return fields.Text("st"u8) is "online" or "offline" or "lost" && fields.Number("boot"u8) is >= 1 and <= int.MaxValue
            && isEpoch && read == 16 && fields.Text("ver"u8) is { } version && privacy >= 0
            ? new VehicleContact.Presence(
                vehicle, receivedAt, (int)fields.Number("boot"u8)!.Value, fields.Text("st"u8)!, epoch, version, privacy,
                fields.Text("camera"u8) is { } camera && TopicName.IsName(camera) ? camera : "")
            : null;
    }

    public static VehicleContact? State(VehicleName vehicle, ReadOnlySpan<byte> body, long receivedAt)
    {
        var fields = new Fields(body);
        return fields.Number("boot"u8) is >= 1 and <= int.MaxValue && fields.Number("seq"u8) is >= 1
            && fields.Number("alert"u8) is >= 0 and <= 4 && fields.Text("cam"u8) is { } camera && fields.Text("hr"u8) is { } heart
            && fields.HasObject("risk"u8) && fields.HasObject("q"u8) && fields.HasObject("drop"u8)
            ? new VehicleContact.State(
                vehicle, receivedAt, (int)fields.Number("boot"u8)!.Value, fields.Number("seq"u8)!.Value,
                (int)fields.Number("alert"u8)!.Value, camera, heart,
                Count(fields.Within("q"u8, "c0"u8)), Count(fields.Within("q"u8, "oldestS"u8)), Count(fields.Within("drop"u8, "c0"u8)))
            : null;
    }

    public static VehicleContact? Health(VehicleName vehicle, ReadOnlySpan<byte> body, long receivedAt)
    {
        if (body.Length > LongestHealth) return null;
        var fields = new Fields(body);
        return fields.Number("boot"u8) is >= 1 and <= int.MaxValue && fields.Number("upS"u8) is >= 0
            && fields.Text("ver"u8) is { } version
            ? new VehicleContact.Health(
                vehicle, receivedAt, (int)fields.Number("boot"u8)!.Value, fields.Number("upS"u8)!.Value, version,
                Measures.Without(Encoding.UTF8.GetString(body), Measures.Least))
            : null;
    }

    private static int Count(long? number) => (int)Math.Clamp(number ?? 0, 0, int.MaxValue);

    /// <summary>The members of one small object; asked for by name.</summary>
    private ref struct Fields
    {
        private readonly ReadOnlySpan<byte> _body;

        public Fields(ReadOnlySpan<byte> body)
        {
            _body = body;
            // The whole of it is read once, so that what follows the object is a fault, too.
            var json = Open();
            json.Skip();
            json.Read();
        }

        public readonly string? Text(ReadOnlySpan<byte> key)
        {
            var json = Open();
            return Find(ref json, key) && json.TokenType == JsonTokenType.String && json.ValueSpan.Length <= LongestWord
                ? json.GetString() : null;
        }

        public readonly long? Number(ReadOnlySpan<byte> key)
        {
            var json = Open();
            return Find(ref json, key) && json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var number)
                ? number : null;
        }

        public readonly bool HasObject(ReadOnlySpan<byte> key)
        {
            var json = Open();
            return Find(ref json, key) && json.TokenType == JsonTokenType.StartObject;
        }

        public readonly long? Within(ReadOnlySpan<byte> outer, ReadOnlySpan<byte> key)
        {
            var json = Open();
            return Find(ref json, outer) && json.TokenType == JsonTokenType.StartObject && Find(ref json, key)
                && json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var number) ? number : null;
        }

        private readonly Utf8JsonReader Open()
        {
            var json = new Utf8JsonReader(_body, new() { MaxDepth = 8 });
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) throw new JsonException("not an object");
            return json;
        }

        private static bool Find(ref Utf8JsonReader json, ReadOnlySpan<byte> key)
        {
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isIt = json.ValueTextEquals(key);
                json.Read();
                if (isIt) return true;
                json.Skip();
            }

            return false;
        }
    }
}
