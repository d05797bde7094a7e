using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DriverMonitor.Tests.Support;

/// <summary>A private authority that signs certificates and writes them as PEM files.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drivermonitor-tls-");
    private readonly X509Certificate2 _root;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test Authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        // The authority lives for years, so that what it signs may be over or yet to come.
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-5), DateTimeOffset.UtcNow.AddYears(5));
        CaFile = Write("ca.pem", _root.ExportCertificatePem());
    }

    public string CaFile { get; }

    /// <summary>A certificate and key for a name, good for loopback as a server and for a client, for an hour.</summary>
    public (string CertificateFile, string KeyFile) Issue(string name) =>
        Issue(name, TimeSpan.FromHours(-1), TimeSpan.FromHours(1));

    /// <param name="from">Valid from then on, from now.</param>
    /// <param name="keyPassword">Encrypts the key.</param>
    public (string CertificateFile, string KeyFile) Issue(
        string name, TimeSpan from, TimeSpan until, string? keyPassword = null, IPAddress? address = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address ?? IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.Create(_root, now + from, now + until, RandomNumberGenerator.GetBytes(8));
        var pem = keyPassword is null
            ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(
                keyPassword, new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000));
        return (Write($"{name}.pem", certificate.ExportCertificatePem()), Write($"{name}.key", pem));
    }

    /// <summary>The certificate for a request, valid from now on, in DER.</summary>
    public byte[] Sign(byte[] request, int days, string? name = null)
    {
        var asked = CertificateRequest.LoadSigningRequest(request, HashAlgorithmName.SHA256);
        var subject = name is null ? asked.SubjectName : new X500DistinguishedName($"CN={name}");
        var now = DateTimeOffset.UtcNow;
        using var certificate = new CertificateRequest(subject, asked.PublicKey, HashAlgorithmName.SHA256).Create(
            _root.SubjectName, X509SignatureGenerator.CreateForECDsa(_root.GetECDsaPrivateKey()!), now, now.AddDays(days),
            RandomNumberGenerator.GetBytes(8));
        return certificate.RawData;
    }

    /// <summary>The list of what was taken back, as a file.</summary>
    public string Revoke(params string[] certificateFiles)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (var file in certificateFiles)
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
            list.AddEntry(certificate);
        }

        return Write("revoked.pem", PemEncoding.WriteString("X509 CRL",
            list.Build(_root, 1, DateTimeOffset.UtcNow.AddHours(1), HashAlgorithmName.SHA256)));
    }

    public string Write(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose()
    {
        _root.Dispose();
        _folder.Delete(recursive: true);
    }
}
