using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DriverMonitor.Core.Commands;
using DriverMonitor.Fleet.Enrolment;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Tests.Enrolment;

/// <summary>The fleet makes all that a vehicle needs, and takes it back.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EnrolmentTests : IDisposable
{
    private static readonly VehicleName Vehicle = new("acme", "veh-0001");

    private readonly TemporaryFolder _folder = new();

    private string Authority => _folder.PathOf("authority");

    public EnrolmentTests() => CertificateAuthority.Create(Authority, "Test fleet", DateTimeOffset.UtcNow);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_vehicle_is_given_name_certificate_key_and_whom_it_obeys()
    {
        using var mark = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        var enroller = new Enroller(
            fleet.Get<EnrolmentOptions>(), fleet.Get<IssuedCertificates>(), new("mark-1", mark.ExportSubjectPublicKeyInfo()),
            TimeProvider.System);

        var text = await enroller.EnrolAsync(Vehicle, isAgain: false, default);

        var read = EnrolmentReader.Read(Encoding.ASCII.GetBytes(text), out var fault);
        Assert.Null(fault);
        Assert.Equal(("acme", "veh-0001", "Fleet"), (read!.Tenant, read.Vehicle, read.Settings["Mqtt:Acknowledge"]));
        using var certificate = X509CertificateLoader.LoadCertificate(read.Certificate.AsSpan());
        Assert.Equal("O=acme, CN=veh-0001", certificate.Subject);
        Assert.InRange((certificate.NotAfter - DateTime.Now).TotalDays, 89.9, 90.1);
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(read.Key.AsSpan(), out _);
        Assert.Equal(certificate.PublicKey.ExportSubjectPublicKeyInfo(), key.ExportSubjectPublicKeyInfo());
        Assert.Equal(["hwm", "resend", "certificate"], Assert.Single(read.Keys).Orders.AsEnumerable());
        // A phone reads it off the terminal.
        Assert.InRange(text.Length, 1, 2_953);
        Assert.NotNull(TerminalQr.Draw(text));
    }

    [Fact]
    public async Task A_name_is_not_given_twice_unless_the_first_is_taken_back()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        var enroller = fleet.Get<Enroller>();
        await enroller.EnrolAsync(Vehicle, isAgain: false, default);

        var refusal = await Assert.ThrowsAsync<ConfigurationException>(() => enroller.EnrolAsync(Vehicle, isAgain: false, default));
        await enroller.EnrolAsync(Vehicle with { Tenant = "beta" }, isAgain: false, default);
        await enroller.EnrolAsync(Vehicle, isAgain: true, default);

        Assert.Contains("--again", refusal.Message, StringComparison.Ordinal);
        Assert.Single(await fleet.Get<IssuedCertificates>().RevokedAsync(default));
    }

    [Fact]
    public async Task What_is_taken_back_stands_in_the_list_that_brokers_read()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        var text = await fleet.Get<Enroller>().EnrolAsync(Vehicle, isAgain: false, default);
        using var certificate = X509CertificateLoader.LoadCertificate(
            EnrolmentReader.Read(Encoding.ASCII.GetBytes(text), out _)!.Certificate.AsSpan());

        Assert.Equal(1, await fleet.Get<IssuedCertificates>().RevokeAsync(Vehicle, default));
        var file = await fleet.Get<Enroller>().WriteRevokedAsync(default);

        var list = CertificateRevocationListBuilder.LoadPem(File.ReadAllText(file), out _);
        Assert.True(list.RemoveEntry(certificate.SerialNumberBytes.Span));
        Assert.Null(await fleet.Get<IssuedCertificates>().ValidUntilAsync(Vehicle, default));
    }

    [Fact]
    public void Nobody_but_its_owner_can_read_the_authority_s_key_and_a_second_one_is_never_put_in_its_place()
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(CertificateAuthority.KeyFile(Authority)));
        var before = File.ReadAllText(CertificateAuthority.KeyFile(Authority));

        Assert.False(CertificateAuthority.Create(Authority, "Another", DateTimeOffset.UtcNow));

        Assert.Equal(before, File.ReadAllText(CertificateAuthority.KeyFile(Authority)));
    }
}
