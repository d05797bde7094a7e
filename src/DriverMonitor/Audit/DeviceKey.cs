using System.Security.Cryptography;
using System.Text;
using DriverMonitor.Files;

namespace DriverMonitor.Audit;

/// <summary>
/// The key by which this device vouches for its audit log: ECDSA on P-256. Handed over by systemd (sealed to the board's TPM or
/// to this installation) where it is, otherwise a private file beside the log, made when it is first needed.
/// </summary>
/// <param name="folder">Where <c>device.key</c> lies.</param>
/// <param name="credentials">Where systemd puts what it has unsealed; null where nothing is.</param>
internal sealed class DeviceKey(string folder, string? credentials)
{
    /// <summary>The credential's name in the unit.</summary>
    public const string Credential = "device-key";

    private const string FileName = "device.key";
    private const string SealedFile = "/etc/drivermonitor/device-key.cred";
    private const string Tpm = "/dev/tpmrm0";
    private static readonly Lock Making = new();

    /// <summary>As the service finds it.</summary>
    public static DeviceKey In(string folder) => new(folder, Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY"));

    /// <summary>Whether systemd has unsealed it: then it cannot be read from a card that was taken out.</summary>
    public bool IsSealed => credentials is not null && File.Exists(Path.Combine(credentials, Credential));

    /// <summary>Where the installed service's key lies, for <c>check</c>, in words.</summary>
    public static string PlaceOf(string folder) =>
        In(folder).IsSealed || File.Exists(SealedFile) ? "is sealed to this board"
        : File.Exists(Tpm) ? "lies on the card: 'drivermonitor-seal' seals it to this board's TPM"
        : "lies on the card, and this board has no TPM to seal it to";

    /// <summary>Signs how the log ends, as DER in base64, and names the key.</summary>
    /// <param name="vehicle"><c>tenant/vehicle</c>: a head of another vehicle proves nothing.</param>
    public SignedHead Sign(string vehicle, AuditHead head)
    {
        using var key = Open();
        var signature = key.SignData(Text(vehicle, head), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new(NameOf(key), Convert.ToBase64String(signature));
    }

    /// <summary>Whether the holder of a key has signed it.</summary>
    public static bool Verify(ECDsa key, string vehicle, AuditHead head, string signature)
    {
        Span<byte> bytes = stackalloc byte[128];
        return Convert.TryFromBase64String(signature, bytes, out var length)
            && key.VerifyData(
                Text(vehicle, head), bytes[..length], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>The public half, as PEM.</summary>
    public string PublicKey()
    {
        using var key = Open();
        return key.ExportSubjectPublicKeyInfoPem() + "\n";
    }

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of the public half (SubjectPublicKeyInfo).</summary>
    public static string NameOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];

    private static byte[] Text(string vehicle, AuditHead head) =>
        Encoding.UTF8.GetBytes($"drivermonitor audit head\n{vehicle}\n{head}\n");

    /// <exception cref="IOException">It cannot be read or made.</exception>
    private ECDsa Open()
    {
        var file = IsSealed ? Path.Combine(credentials!, Credential) : Path.Combine(folder, FileName);
        lock (Making)
        {
            if (!IsSealed && !File.Exists(file)) Make(file);
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(StoredFile.ReadText(file));
            return key;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new IOException($"{file} is no private key ({ShownText.Line(e.Message)}). Delete it to have another one made.", e);
        }
    }

    private static void Make(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        AtomicFile.Write(file, stream => stream.Write(Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n")));
    }
}

/// <summary>What proves a head.</summary>
/// <param name="KeyId">Name of the device's key.</param>
/// <param name="Signature">DER, as base64.</param>
internal readonly record struct SignedHead(string KeyId, string Signature);
