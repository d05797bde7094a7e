using System.Globalization;
using System.Security.Cryptography;
using DriverMonitor.Configuration;
using DriverMonitor.Files;

namespace DriverMonitor.Vision;

/// <summary>
/// Whose models are run: those of the manifest that this version was built with, or of one that a key of the settings has signed.
/// A hash in the manifest alone would say nothing, since whoever replaces a model can replace the manifest with it.
/// </summary>
/// <param name="keyFiles">Public keys (PEM, P-256) of who may give this vehicle other models.</param>
/// <param name="stateFolder">Where the highest signed release is remembered; null remembers none.</param>
internal sealed class ManifestTrust(IReadOnlyList<string> keyFiles, string? stateFolder)
{
    /// <summary>The signature beside the manifest: ECDSA over its bytes with SHA-256, as DER.</summary>
    public const string SignatureFile = "manifest.json.sig";

    private const string P256 = "1.2.840.10045.3.1.7";
    private const string Resource = "models/manifest.json";

    private static readonly Lazy<byte[]> OwnHash = new(() =>
    {
        using var own = typeof(ManifestTrust).Assembly.GetManifestResourceStream(Resource)!;
        return SHA256.HashData(own);
    });

    /// <summary>Nobody's models but this version's own.</summary>
    public static ManifestTrust OwnOnly { get; } = new([], null);

    /// <exception cref="ModelException">It is nobody's who is believed, or older than one that has run here.</exception>
    public void Require(string folder, ReadOnlySpan<byte> manifest, int release)
    {
        if (SHA256.HashData(manifest).AsSpan().SequenceEqual(OwnHash.Value)) return;
        if (keyFiles.Count == 0)
            throw new ModelException(
                $"Model manifest in {folder} was altered: it is not this version's own. Install the models folder again, or name "
                    + "the key that signed it in Vision:ModelKeys.");
        if (!IsSigned(folder, manifest))
            throw new ModelException(
                $"Model manifest in {folder} is signed by no key of Vision:ModelKeys. Sign it again, or install the models folder "
                    + "of this version.");
        RequireNewest(folder, release);
    }

    private bool IsSigned(string folder, ReadOnlySpan<byte> manifest)
    {
        byte[] signature;
        try
        {
            signature = StoredFile.ReadBytes(Path.Combine(folder, SignatureFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        ConfigurationException? damage = null;
        foreach (var file in keyFiles)
        {
            try
            {
                using var key = Load(file);
                if (HasSigned(key, manifest, signature)) return true;
            }
            catch (ConfigurationException e)
            {
                // What another key has signed runs all the same: a lost key file is no reason to watch nobody.
                damage ??= e;
            }
        }

        return damage is null ? false : throw damage;
    }

    private static bool HasSigned(ECDsa key, ReadOnlySpan<byte> manifest, byte[] signature) =>
        key.VerifyData(manifest, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    private void RequireNewest(string folder, int release)
    {
        if (stateFolder is null) return;
        var file = Path.Combine(stateFolder, "models.release");
        var highest = Remembered(file);
        if (release < highest)
            throw new ModelException(
                $"Model manifest in {folder} is release {release}, and release {highest} has run here. Install that one or a newer.");
        if (release > highest) Remember(file, release);
    }

    private static int Remembered(string file)
    {
        try
        {
            return int.TryParse(StoredFile.ReadText(file), NumberStyles.None, CultureInfo.InvariantCulture, out var release)
                ? release
                : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    // A disk that takes nothing is no reason to watch nobody; the signature was good.
    private static void Remember(string file, int release)
    {
        try
        {
            AtomicFile.Write(file, stream => stream.Write(System.Text.Encoding.ASCII.GetBytes($"{release}")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static ECDsa Load(string file)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(StoredFile.ReadText(file));
            if (OperatingSystem.IsLinux() && File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherWrite))
                throw new UnauthorizedAccessException("anybody may write it: chmod o-w");
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256) return key;
            throw new CryptographicException("it is not on the curve P-256");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new ConfigurationException(
                $"Vision:ModelKeys: {file} is no public key that can be used ({ShownText.Line(e.Message)}). "
                    + "Make one with 'openssl ec -in key.pem -pubout'.",
                e);
        }
    }
}
