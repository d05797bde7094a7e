using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DriverMonitor.Core.Commands;

namespace DriverMonitor.Tests.Support;

/// <summary>A fleet's signing key in a folder of its own, and the orders it signs.</summary>
internal sealed class FleetKey : IDisposable
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drivermonitor-key-");
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private long _counter;

    public FleetKey(string name = "ops-1")
    {
        Name = name;
        PublicFile = Path.Combine(_folder.FullName, "public.pem");
        PrivateFile = Path.Combine(_folder.FullName, "private.pem");
        File.WriteAllText(PublicFile, _key.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(PrivateFile, _key.ExportECPrivateKeyPem());
    }

    public string Name { get; }

    public string PublicFile { get; }

    public string PrivateFile { get; }

    /// <summary>A signed order as it travels; <paramref name="change"/> falsifies it before signing.</summary>
    public byte[] Sign(string name, string args, string id, string to = "acme/veh-0001", Action<JsonObject>? change = null)
    {
        var order = new JsonObject
        {
            ["id"] = id, ["to"] = to, ["name"] = name, ["ctr"] = ++_counter, ["kid"] = Name, ["args"] = JsonNode.Parse(args),
            ["exp"] = DateTime.UtcNow.AddMinutes(5).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        change?.Invoke(order);
        var signed = CommandText.Canonical(JsonSerializer.SerializeToElement(order));
        order["sig"] = Convert.ToBase64String(
            _key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        return Write(order);
    }

    /// <summary>As a fleet must write it: without escapes, also not for the + of base64.</summary>
    public static byte[] Write(JsonObject order) => JsonSerializer.SerializeToUtf8Bytes(order, Plain);

    public void Dispose()
    {
        _key.Dispose();
        _folder.Delete(recursive: true);
    }
}
