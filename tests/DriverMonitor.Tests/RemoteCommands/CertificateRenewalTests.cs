using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DriverMonitor.RemoteCommands;
using DriverMonitor.Tests.Support;
using DriverMonitor.Time;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.RemoteCommands;

/// <summary>A vehicle's certificate is replaced over the link before it ends, and only by what was asked for.</summary>
[SupportedOSPlatform("linux")]
public sealed class CertificateRenewalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("renewal").FullName;
    private readonly TestAuthority _authority = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly List<byte[]> _asked = [];
    private CertificateRenewal? _looking;

    private string Own => Path.Combine(_folder, "vehicle.pem");

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void It_asks_after_two_thirds_of_the_time_and_again_every_six_hours()
    {
        Begin(lived: 59, left: 31);
        Assert.Empty(_asked);

        Pass(hours: 48);
        var first = _asked.Count;
        Pass(hours: 12);

        Assert.True(first >= 1);
        Assert.InRange(_asked.Count - first, 2, 3);
        // The key stays the same, or an answer that crossed the next question would fit nothing.
        Assert.Single(_asked.Select(csr => Convert.ToHexString(Read(csr).PublicKey.ExportSubjectPublicKeyInfo())).Distinct());
        Assert.Equal("CN=veh-0001", Read(_asked[0]).SubjectName.Name);
    }

    [Fact]
    public void The_answer_replaces_certificate_and_key_together_and_may_come_twice()
    {
        var renewal = Begin(lived: 70, left: 20);
        var answer = _authority.Sign(_asked[0], days: 90);

        renewal.Install(answer);
        renewal.Install(answer);

        using var own = X509Certificate2.CreateFromPemFile(Own, Own);
        Assert.Equal(answer, own.RawData);
        Assert.True(own.HasPrivateKey);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Own));
        Assert.Equal([Own], Directory.GetFiles(_folder));
        Pass(hours: 24);
        Assert.Single(_asked);
    }

    [Theory]
    [InlineData("unasked", "none was asked for")]
    [InlineData("another key", "it is for another key than the one asked for")]
    [InlineData("another name", "it is for another name")]
    [InlineData("a rogue authority", "the authority did not sign it, or its time is over")]
    [InlineData("a shorter time", "it ends no later than the present one")]
    [InlineData("no certificate", "certificate")]
    public void Anything_else_is_refused_and_the_present_one_stays(string what, string words)
    {
        using var rogue = new TestAuthority();
        var renewal = Begin(lived: what == "unasked" ? 10 : 70, left: 20);
        var before = File.ReadAllText(Own);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = new CertificateRequest("CN=veh-0001", other, HashAlgorithmName.SHA256).CreateSigningRequest();
        var answer = what switch
        {
            "unasked" or "another key" => _authority.Sign(csr, days: 90),
            "another name" => _authority.Sign(_asked[0], days: 90, name: "veh-0002"),
            "a rogue authority" => rogue.Sign(_asked[0], days: 90),
            "a shorter time" => _authority.Sign(_asked[0], days: 3),
            _ => [1, 2, 3],
        };

        var refusal = Assert.Throws<OrderFailedException>(() => renewal.Install(answer));

        Assert.Equal(words, refusal.Message);
        Assert.Equal(before, File.ReadAllText(Own));
    }

    private CertificateRenewal Begin(int lived, int left)
    {
        var (certificate, key) = _authority.Issue("veh-0001", TimeSpan.FromDays(-lived), TimeSpan.FromDays(left));
        File.WriteAllText(Own, File.ReadAllText(certificate) + "\n" + File.ReadAllText(key));
        var renewal = new CertificateRenewal(
            Own, _authority.CaFile, "veh-0001", new ClockQuality(_time, isKept: () => true), (csr, _) => _asked.Add(csr), _time,
            NullLogger<CertificateRenewal>.Instance);
        _looking = renewal;
        renewal.Look();
        return renewal;
    }

    private void Pass(int hours)
    {
        for (var i = 0; i < hours; i++)
        {
            _time.Advance(TimeSpan.FromHours(1));
            _looking!.Look();
        }
    }

    private static CertificateRequest Read(byte[] csr) => CertificateRequest.LoadSigningRequest(csr, HashAlgorithmName.SHA256);
}
