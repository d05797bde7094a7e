using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DriverMonitor.Fleet.Files;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Enrolment;

/// <summary>The fleet's own authority (P-256). It signs vehicles and the broker, and nothing below it may sign further.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    /// <summary>
    /// Short, because a stolen vehicle's certificate ends by itself; it is renewed over the link after 60 days.
    /// </summary>
    public static readonly TimeSpan VehicleLifetime = TimeSpan.FromDays(90);

    private static readonly TimeSpan ServerLifetime = TimeSpan.FromDays(397), RootLifetime = TimeSpan.FromDays(3650);

    /// <summary>No two clocks agree.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);

    private static readonly Oid Client = new("1.3.6.1.5.5.7.3.2"), Server = new("1.3.6.1.5.5.7.3.1");

    private readonly X509Certificate2 _root;
    private readonly ECDsa _key;

    private CertificateAuthority(X509Certificate2 root, ECDsa key) => (_root, _key) = (root, key);

    /// <summary>In DER.</summary>
    public byte[] Certificate => _root.RawData;

    public string Pem => _root.ExportCertificatePem() + "\n";

    public static string CertificateFile(string folder) => Path.Combine(folder, "ca.pem");

    public static string KeyFile(string folder) => Path.Combine(folder, "ca.key");

    /// <summary>Makes one where there is none; never in the place of another.</summary>
    /// <returns>False if there was one.</returns>
    public static bool Create(string folder, string name, DateTimeOffset now)
    {
        if (File.Exists(KeyFile(folder)) || File.Exists(CertificateFile(folder))) return false;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var root = request.CreateSelfSigned(now - Before, now + RootLifetime);
        PrivateFile.Write(KeyFile(folder), key.ExportPkcs8PrivateKeyPem() + "\n");
        PrivateFile.Write(CertificateFile(folder), root.ExportCertificatePem() + "\n");
        return true;
    }

    /// <exception cref="ConfigurationException">There is none, or it cannot be used.</exception>
    public static CertificateAuthority Open(string folder)
    {
        try
        {
            var root = X509CertificateLoader.LoadCertificateFromFile(CertificateFile(folder));
            var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(KeyFile(folder)));
            return root.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo())
                ? new(root, key)
                : throw new CryptographicException("ca.key does not belong to ca.pem");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ConfigurationException(
                $"Fleet:Enrolment:Folder {folder} holds no authority that can be used ({e.Message}). Make one with 'drivermonitor-fleet setup'.", e);
        }
    }

    /// <summary>For a vehicle of a tenant: CN is the vehicle, O the tenant.</summary>
    public X509Certificate2 IssueVehicle(VehicleName vehicle, PublicKey key, DateTimeOffset now)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddOrganizationName(vehicle.Tenant);
        subject.AddCommonName(vehicle.Vehicle);
        return Issue(new(subject.Build(), key, HashAlgorithmName.SHA256), Client, now, VehicleLifetime);
    }

    /// <summary>For the broker or the web server, under every name by which it is reached.</summary>
    public X509Certificate2 IssueServer(IReadOnlyList<string> names, ECDsa key, DateTimeOffset now)
    {
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address)) alternatives.AddIpAddress(address);
            else alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        return Issue(request, Server, now, ServerLifetime);
    }

    /// <summary>
    /// The list of what was taken back, in PEM, for brokers outside; good for as long as a vehicle's certificate.
    /// </summary>
    public string RevocationList(IEnumerable<(string Serial, DateTimeOffset At)> revoked, DateTimeOffset now)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (var (serial, at) in revoked) list.AddEntry(Convert.FromHexString(serial), at);
        using var signer = _root.CopyWithPrivateKey(_key);
        var der = list.Build(signer, new BigInteger(now.ToUnixTimeMilliseconds()), now + VehicleLifetime,
            HashAlgorithmName.SHA256, thisUpdate: now - Before);
        return PemEncoding.WriteString("X509 CRL", der) + "\n";
    }

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
    }

    private X509Certificate2 Issue(CertificateRequest request, Oid usage, DateTimeOffset now, TimeSpan lifetime)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([usage], critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_root, includeKeyIdentifier: true,
                includeIssuerAndSerial: false));
        var until = now + lifetime < _root.NotAfter ? now + lifetime : _root.NotAfter;
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)(serial[0] & 0x3f | 0x40); // positive, and never shorter
        return request.Create(_root.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), now - Before, until, serial);
    }
}
