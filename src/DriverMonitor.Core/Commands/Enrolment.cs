using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DriverMonitor.Core.Commands;

/// <summary>What a fleet hands one vehicle, once, as a file or a QR code: its name, its certificate, and whom it obeys.</summary>
/// <param name="Tenant">1 to 32 of a-z, 0-9 and '-'.</param>
/// <param name="Vehicle">The same; also the certificate's common name.</param>
/// <param name="Brokers"><c>host:port</c> each.</param>
/// <param name="Authority">The fleet's own authority, X.509 in DER.</param>
/// <param name="Certificate">The vehicle's, X.509 in DER.</param>
/// <param name="Key">Its private key, P-256, PKCS #8 in DER: whoever has the file is the vehicle.</param>
/// <param name="Keys">Whose orders the vehicle obeys.</param>
/// <param name="Settings">Of <see cref="Settable"/> only; privacy and judgement stay the vehicle's own.</param>
public sealed record Enrolment(
    string Tenant,
    string Vehicle,
    ImmutableArray<string> Brokers,
    ImmutableArray<byte> Authority,
    ImmutableArray<byte> Certificate,
    ImmutableArray<byte> Key,
    ImmutableArray<EnrolmentKey> Keys,
    ImmutableSortedDictionary<string, string> Settings)
{
    /// <summary>The first field of every such file, so that another JSON file is told apart.</summary>
    public const string Format = "drivermonitor-enrolment-1";

    /// <summary>The settings of the vehicle that the file may bring: those of the link.</summary>
    public static ImmutableArray<string> Settable { get; } =
    ["Mqtt:Acknowledge", "Mqtt:FirstConnectSpread", "Mqtt:KeepAlive", "Mqtt:ReconnectSpread"];

    // The + of base64 stays readable for other tools, and short for the QR code.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line of JSON, small enough for a QR code (at most 2,953 bytes) with up to four keys.</summary>
    public string Write()
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteString("tenant", Tenant);
            json.WriteString("vehicle", Vehicle);
            json.WriteStartArray("brokers");
            foreach (var broker in Brokers) json.WriteStringValue(broker);
            json.WriteEndArray();
            json.WriteBase64String("authority", Authority.AsSpan());
            json.WriteBase64String("certificate", Certificate.AsSpan());
            json.WriteBase64String("key", Key.AsSpan());
            json.WriteStartObject("keys");
            foreach (var key in Keys) key.Write(json);
            json.WriteEndObject();
            json.WriteStartObject("settings");
            foreach (var (name, value) in Settings) json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.ASCII.GetString(buffer.WrittenSpan);
    }
}

/// <summary>A key of the fleet, and what it may order.</summary>
/// <param name="Name">1 to 32 of a-z, 0-9 and '-'.</param>
/// <param name="PublicKey">P-256, SubjectPublicKeyInfo in DER.</param>
/// <param name="Orders">Of <see cref="FleetCommand.Names"/>.</param>
public sealed record EnrolmentKey(string Name, ImmutableArray<byte> PublicKey, ImmutableArray<string> Orders)
{
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject(Name);
        json.WriteBase64String("key", PublicKey.AsSpan());
        json.WriteStartArray("orders");
        foreach (var order in Orders) json.WriteStringValue(order);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
