using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>A certificate authority (P-256) as a fleet has one, and what it signs.</summary>
internal sealed class Authority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;
    private int _issued;

    public Authority(string name)
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        _root = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(9));
    }

    public string Write(TemporaryFolder folder, string name)
    {
        File.WriteAllText(folder.PathOf(name), _root.ExportCertificatePem());
        return folder.PathOf(name);
    }

    /// <summary>With its private key, for a client.</summary>
    public X509Certificate2 Client(string subject, params X509Extension[] extensions) =>
        Client(new X500DistinguishedName(subject), extensions);

    /// <inheritdoc cref="Client(string, X509Extension[])"/>
    public X509Certificate2 Client(X500DistinguishedName subject, params X509Extension[] extensions)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Sign(subject, key, extensions);
        using var both = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(both.Export(X509ContentType.Pkcs12), null);
    }

    /// <param name="name">Of the files, without their ends.</param>
    public (string Certificate, string Key) Issue(TemporaryFolder folder, string subject, string name = "server")
    {
        var (certificateFile, keyFile) = (folder.PathOf($"{name}.pem"), folder.PathOf($"{name}.key"));
        if (File.Exists(certificateFile)) return (certificateFile, keyFile);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Sign(new(subject), key, []);
        File.WriteAllText(certificateFile, signed.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportECPrivateKeyPem());
        return (certificateFile, keyFile);
    }

    /// <summary>The list of revoked certificates, PEM.</summary>
    public string Revoke(params X509Certificate2[] certificates)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (var one in certificates) list.AddEntry(one);
        var now = TimeProvider.System.GetUtcNow();
        return PemEncoding.WriteString(
            "X509 CRL", list.Build(_root, BigInteger.One, now.AddDays(1), HashAlgorithmName.SHA256, thisUpdate: now));
    }

    public void Dispose()
    {
        _key.Dispose();
        _root.Dispose();
    }

    private X509Certificate2 Sign(X500DistinguishedName subject, ECDsa key, X509Extension[] extensions)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        foreach (var one in extensions) request.CertificateExtensions.Add(one);
        return request.Create(
            _root, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddDays(1),
            [.. BitConverter.GetBytes(++_issued), 1]);
    }
}
