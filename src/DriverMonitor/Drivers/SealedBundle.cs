using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DriverMonitor.Drivers;

/// <summary>
/// A text that only the holder of one private key can read: a fresh P-256 key agrees on a secret with the reader's public
/// key, HKDF-SHA256 makes an AES-256-GCM key of it (salt: both public keys as SubjectPublicKeyInfo, fresh one first; info:
/// <c>drivermonitor export v1</c>). One JSON object: <c>alg</c>, <c>epk</c>, <c>nonce</c>, <c>tag</c>, <c>text</c>, in base64.
/// </summary>
internal static class SealedBundle
{
    private const string Algorithm = "ECDH-P256+HKDF-SHA256+A256GCM";
    private const int KeyBytes = 32;
    private static readonly int NonceBytes = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagBytes = AesGcm.TagByteSizes.MaxSize;

    /// <param name="publicKey">P-256, SubjectPublicKeyInfo in DER.</param>
    /// <exception cref="CryptographicException">It is no such key.</exception>
    public static string Seal(string text, byte[] publicKey)
    {
        using var reader = ECDiffieHellman.Create();
        reader.ImportSubjectPublicKeyInfo(publicKey, out _);
        using var fresh = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var plain = Encoding.UTF8.GetBytes(text);
        var (nonce, tag, cipher) = (RandomNumberGenerator.GetBytes(NonceBytes), new byte[TagBytes], new byte[plain.Length]);
        var freshKey = fresh.ExportSubjectPublicKeyInfo();
        using var aes = new AesGcm(KeyOf(fresh, reader.PublicKey, freshKey, reader.ExportSubjectPublicKeyInfo()), TagBytes);
        aes.Encrypt(nonce, plain, cipher, tag);
        return JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["alg"] = Algorithm,
            ["epk"] = Convert.ToBase64String(freshKey),
            ["nonce"] = Convert.ToBase64String(nonce),
            ["tag"] = Convert.ToBase64String(tag),
            ["text"] = Convert.ToBase64String(cipher),
        }, JsonSerializerOptions.Web);
    }

    /// <param name="privateKey">P-256 in PEM.</param>
    /// <exception cref="CryptographicException">Another key, or not one byte as it was sealed.</exception>
    public static string Open(string bundle, string privateKey)
    {
        try
        {
            var parts = JsonSerializer.Deserialize<Dictionary<string, string>>(bundle)!;
            if (parts["alg"] != Algorithm)
                throw new CryptographicException($"It is sealed in a way that is not known here: {parts["alg"]}.");
            using var reader = ECDiffieHellman.Create();
            reader.ImportFromPem(privateKey);
            using var fresh = ECDiffieHellman.Create();
            var freshKey = Convert.FromBase64String(parts["epk"]);
            fresh.ImportSubjectPublicKeyInfo(freshKey, out _);
            using var aes = new AesGcm(KeyOf(reader, fresh.PublicKey, freshKey, reader.ExportSubjectPublicKeyInfo()), TagBytes);
            var cipher = Convert.FromBase64String(parts["text"]);
            var plain = new byte[cipher.Length];
            aes.Decrypt(Convert.FromBase64String(parts["nonce"]), cipher, Convert.FromBase64String(parts["tag"]), plain);
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or ArgumentException)
        {
            throw new CryptographicException("It is no sealed export, or the key is none.", e);
        }
    }

    private static byte[] KeyOf(ECDiffieHellman own, ECDiffieHellmanPublicKey other, byte[] freshKey, byte[] readerKey) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, own.DeriveRawSecretAgreement(other), KeyBytes,
            salt: [.. freshKey, .. readerKey], info: "drivermonitor export v1"u8.ToArray());
}
