using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DriverMonitor.Fleet.Intake;

/// <summary>Which certificates may come in: signed by our own authority for clients, in time, and not revoked.</summary>
internal sealed class CertificateGate(string caFile, string revokedFile, TimeProvider time) : IDisposable
{
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2", CommonName = "2.5.4.3", Organisation = "2.5.4.10";

    private readonly X509Certificate2Collection _authority = Load(caFile);
    private readonly Lock _gate = new();
    private CertificateRevocationListBuilder? _revoked;
    private DateTime _revokedWritten;

    /// <summary>For the TLS handshake.</summary>
    public bool Admits(X509Certificate? certificate) => certificate is X509Certificate2 one && Refusal(one) is null;

    /// <summary>Why a certificate may not come in; null if it may.</summary>
    public string? Refusal(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        // The broker's own certificate, of the same authority, makes nobody a vehicle.
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientUsage));
        // A stranger's certificate may name an address for its issuer, which nobody here asks for.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (!chain.Build(certificate))
            return $"not signed by our authority, or out of time ({chain.ChainStatus.FirstOrDefault().Status})";
        return IsRevoked(certificate) ? "revoked" : null;
    }

    /// <summary>
    /// The common name is the user; the organisation, if there is one, the tenant. Nobody is who has two of either: others may
    /// read the other one.
    /// </summary>
    public static BrokerUser? UserOf(X509Certificate2 certificate, IReadOnlyList<string> tenants)
    {
        if (ValuesOf(certificate, CommonName) is not [{ } name]) return null;
        var tenant = ValuesOf(certificate, Organisation) switch { [] => tenants[0], [{ } only] => only, _ => "" };
        return BrokerAcl.IsKnown(name) && tenants.Contains(tenant) ? new(tenant, name) : null;
    }

    public void Dispose()
    {
        foreach (var one in _authority) one.Dispose();
    }

    private static List<string?> ValuesOf(X509Certificate2 certificate, string kind) =>
    [
        .. certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(part => part.HasMultipleElements || part.GetSingleElementType().Value == kind)
            // Several at once in one part: no authority of ours writes that, and what stands in it is left open.
            .Select(part => part.HasMultipleElements ? null : part.GetSingleElementValue()),
    ];

    private static X509Certificate2Collection Load(string file)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(file);
        if (all.Count == 0) throw new ConfigurationException($"Fleet:Broker:CaFile: {file} holds no certificate.");
        return all;
    }

    /// <summary>When the list of revoked certificates was written.</summary>
    public DateTime RevokedWritten => revokedFile.Length == 0 ? default : File.GetLastWriteTimeUtc(revokedFile);

    public bool IsRevoked(X509Certificate2 certificate)
    {
        if (revokedFile.Length == 0) return false;
        lock (_gate)
        {
            var written = File.GetLastWriteTimeUtc(revokedFile);
            if (_revoked is null || written != _revokedWritten)
                (_revoked, _revokedWritten) = (CertificateRevocationListBuilder.LoadPem(ReadList(), out BigInteger _), written);
            // The builder can only be asked by taking out; what was in it is put back.
            var serial = certificate.SerialNumberBytes;
            if (!_revoked.RemoveEntry(serial.Span)) return false;
            _revoked.AddEntry(serial.Span);
            return true;
        }
    }

    private string ReadList()
    {
        try
        {
            return File.ReadAllText(revokedFile);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }
}
