using System.Net.Security;
using System.Numerics;
using System.Security.Cryptography.X509Certificates;

namespace DriverMonitor.Fleet.Intake;

/// <summary>Which certificates may come in: signed by our own authority for clients, in time, and not revoked.</summary>
internal sealed class CertificateGate(string caFile, string revokedFile, TimeProvider time) : IDisposable
{
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
        if (!chain.Build(certificate))
            return $"not signed by our authority, or out of time ({chain.ChainStatus.FirstOrDefault().Status})";
        return IsRevoked(certificate) ? "revoked" : null;
    }

    /// <summary>The common name is the user; the organisation, if there is one, the tenant.</summary>
    public static BrokerUser? UserOf(X509Certificate2 certificate, IReadOnlyList<string> tenants)
    {
        var name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        var tenant = OrganisationOf(certificate) ?? tenants[0];
        return BrokerAcl.IsKnown(name) && tenants.Contains(tenant) ? new(tenant, name) : null;
    }

    public void Dispose()
    {
        foreach (var one in _authority) one.Dispose();
    }

    private static string? OrganisationOf(X509Certificate2 certificate)
    {
        const string Organisation = "2.5.4.10";
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            if (!part.HasMultipleElements && part.GetSingleElementType().Value == Organisation)
                return part.GetSingleElementValue();
        }

        return null;
    }

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
