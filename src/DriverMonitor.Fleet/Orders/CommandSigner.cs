using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DriverMonitor.Core.Commands;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Orders;

/// <summary>Signs orders for vehicles with one key (P-256), in the canonical form that vehicles verify.</summary>
/// <param name="kid">The key's name in the vehicles' settings.</param>
/// <param name="key">Owned by the caller.</param>
internal sealed class CommandSigner(string kid, ECDsa key)
{
    // What the default encoder would escape (+, for one, in base64) stands as it is: vehicles refuse a backslash.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string KeyId => kid;

    /// <param name="id">1 to 64 of letters, digits and '-'; the vehicle's answer carries it.</param>
    /// <param name="to"><c>tenant/vehicle</c>.</param>
    /// <param name="counter">Must rise with every order that this key signs for this vehicle.</param>
    /// <param name="args">Printable ASCII without a backslash, and whole numbers up to 2^53.</param>
    public byte[] Sign(string id, string to, string name, JsonObject args, long counter, DateTimeOffset now)
    {
        var order = new JsonObject
        {
            ["id"] = id,
            ["to"] = to,
            ["name"] = name,
            ["ctr"] = counter,
            ["kid"] = kid,
            ["args"] = args.DeepClone(),
            ["exp"] = (now + OrderLifetime.Longest).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        var canonical = CommandText.Canonical(JsonSerializer.SerializeToElement(order));
        var signature = key.SignData(canonical, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        order[CommandText.Signature] = Convert.ToBase64String(signature);
        return JsonSerializer.SerializeToUtf8Bytes(order, Plain);
    }
}
