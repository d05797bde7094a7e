using System.Collections.Immutable;
using System.Security.Cryptography;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Commands;
using DriverMonitor.Files;

namespace DriverMonitor.RemoteCommands;

/// <summary>
/// The public keys whose orders are obeyed. ECDSA on P-256 with SHA-256, signatures in DER as OpenSSL writes them.
/// </summary>
internal sealed class FleetKeys : IDisposable
{
    private const string P256 = "1.2.840.10045.3.1.7";

    private readonly Dictionary<string, ECDsa> _keys;

    private FleetKeys(Dictionary<string, ECDsa> keys, IReadOnlyDictionary<string, FleetKeySettings> settings)
    {
        _keys = keys;
        May = settings.ToDictionary(one => one.Key, one => one.Value.May);
        Unlimited = [.. settings.Where(one => one.Value.IsOldForm).Select(one => one.Key)];
    }

    /// <summary>The orders that each key may sign.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>> May { get; }

    /// <summary>Keys that may sign every order because their settings name none.</summary>
    public IReadOnlyList<string> Unlimited { get; }

    /// <summary>Whether updates are somebody's to order. Keys in the old form name no orders, and change nothing here.</summary>
    public bool OrderUpdates =>
        May.Any(key => key.Value.Contains(FleetCommand.UpdateProgram.OrderName) && !Unlimited.Contains(key.Key));

    /// <summary>
    /// Throws <see cref="ConfigurationException"/>: a vehicle that silently obeys fewer keys would be found out too late.
    /// </summary>
    public static FleetKeys Load(IReadOnlyDictionary<string, FleetKeySettings> settings) =>
        new(settings.ToDictionary(one => one.Key, one => Load(one.Key, one.Value.File)), settings);

    public bool HasSigned(SignedCommand order) =>
        _keys.TryGetValue(order.KeyId, out var key) && IsSigned(key, order.Canonical, order.Signature);

    public void Dispose()
    {
        foreach (var key in _keys.Values) key.Dispose();
    }

    private static bool IsSigned(ECDsa key, ImmutableArray<byte> text, ImmutableArray<byte> signature) =>
        key.VerifyData(text.AsSpan(), signature.AsSpan(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    private static ECDsa Load(string name, string file)
    {
        try
        {
            var key = ECDsa.Create();
            key.ImportFromPem(StoredFile.ReadText(file));
            if (OperatingSystem.IsLinux() && File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherWrite))
                throw new UnauthorizedAccessException("anybody may write it: chmod o-w");
            return key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256
                ? key
                : throw new CryptographicException("it is not on the curve P-256");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ConfigurationException(
                $"Fleet:Keys:{name}: {file} is no public key that can be used ({e.Message.ReplaceLineEndings(" ")}). "
                    + "Make one with 'openssl ec -in key.pem -pubout'.",
                e);
        }
    }
}
