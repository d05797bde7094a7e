using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DriverMonitor.Core.Commands;

namespace DriverMonitor.Tests.Support;

/// <summary>Enrolments as a fleet makes them, right and wrong.</summary>
internal static class EnrolmentSample
{
    public static Enrolment Make(
        TestAuthority authority, string vehicle = "veh-0001", string? certified = null, TimeSpan? until = null,
        TestAuthority? issuer = null, params (string Name, string File, string[] Orders)[] keys)
    {
        var (certificate, key) = (issuer ?? authority).Issue(
            certified ?? vehicle, TimeSpan.FromDays(-30), until ?? TimeSpan.FromDays(60));
        return new(
            "acme",
            vehicle,
            ["fleet.example.com:8883"],
            Der(authority.CaFile),
            Der(certificate),
            [.. KeyOf(key).ExportPkcs8PrivateKey()],
            [.. keys.Select(one => new EnrolmentKey(one.Name, [.. KeyOf(one.File).ExportSubjectPublicKeyInfo()], [.. one.Orders]))],
            new Dictionary<string, string> { ["Mqtt:Acknowledge"] = "Fleet" }.ToImmutableSortedDictionary());
    }

    private static ImmutableArray<byte> Der(string file)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
        return [.. certificate.RawData];
    }

    private static ECDsa KeyOf(string file)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return key;
    }
}
