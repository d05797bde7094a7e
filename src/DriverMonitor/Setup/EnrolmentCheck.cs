using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DriverMonitor.Core.Commands;

namespace DriverMonitor.Setup;

/// <summary>Whether what an enrolment brings fits together: certificate, key, authority, name and time.</summary>
internal static class EnrolmentCheck
{
    private const string P256 = "1.2.840.10045.3.1.7", ClientUsage = "1.3.6.1.5.5.7.3.2";

    /// <summary>What is wrong, as a clause to follow the file's name; null where nothing is.</summary>
    /// <param name="now">By a clock that may be behind, never ahead: a vehicle without a battery is enrolled in "1970".</param>
    public static string? Fault(Enrolment enrolment, DateTimeOffset now)
    {
        try
        {
            using var authority = X509CertificateLoader.LoadCertificate(enrolment.Authority.AsSpan());
            using var certificate = X509CertificateLoader.LoadCertificate(enrolment.Certificate.AsSpan());
            using var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(enrolment.Key.AsSpan(), out _);
            return FaultOfKeys(enrolment) ?? Fault(enrolment, authority, certificate, key, now);
        }
        catch (CryptographicException)
        {
            return "holds a certificate or key that cannot be read";
        }
    }

    private static string? Fault(
        Enrolment enrolment, X509Certificate2 authority, X509Certificate2 certificate, ECDsa key, DateTimeOffset now)
    {
        var certified = certificate.PublicKey.ExportSubjectPublicKeyInfo();
        if (!IsP256(key) || !certified.AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo()))
            return "holds a key that does not belong to its certificate";
        if (certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) != enrolment.Vehicle)
            return "holds a certificate for another name than its vehicle's";
        var (from, until) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        if (now.UtcDateTime > until) return $"ended on {until:yyyy-MM-dd}; enrol the vehicle again";
        return IsIssued(certificate, authority, now.UtcDateTime > from ? now.UtcDateTime : from)
            ? null
            : "holds a certificate that its authority did not issue for a client";
    }

    private static bool IsIssued(X509Certificate2 certificate, X509Certificate2 authority, DateTime at)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientUsage));
        chain.ChainPolicy.VerificationTime = at;
        return chain.Build(certificate);
    }

    private static string? FaultOfKeys(Enrolment enrolment)
    {
        foreach (var one in enrolment.Keys)
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(one.PublicKey.AsSpan(), out _);
            if (!IsP256(key)) return $"holds a key {one.Name} that is not on the curve P-256";
        }

        return null;
    }

    private static bool IsP256(ECDsa key) => key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256;
}
