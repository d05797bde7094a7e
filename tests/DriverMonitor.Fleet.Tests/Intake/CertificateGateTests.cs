using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DriverMonitor.Fleet.Intake;
using DriverMonitor.Fleet.Tests.Support;

namespace DriverMonitor.Fleet.Tests.Intake;

/// <summary>What a certificate makes of who shows it: one vehicle of one tenant, or nobody.</summary>
public sealed class CertificateGateTests : IDisposable
{
    private static readonly string[] Tenants = ["acme", "beta"];

    private readonly TemporaryFolder _folder = new();
    private readonly Authority _ours = new("ours");

    public void Dispose()
    {
        _ours.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("CN=veh-0001", "acme/veh-0001")]
    [InlineData("O=beta,CN=veh-0001", "beta/veh-0001")]
    [InlineData("CN=veh-0001,OU=north,C=DE", "acme/veh-0001")]
    // Of a tenant that is none, or of two.
    [InlineData("O=gamma,CN=veh-0001", null)]
    [InlineData("O=acme,O=beta,CN=veh-0001", null)]
    [InlineData("O=acme+OU=beta,CN=veh-0001", null)]
    // Whoever reads the first name and whoever reads the last would know two vehicles.
    [InlineData("CN=veh-0001,CN=veh-0002", null)]
    [InlineData("CN=veh-0001+CN=veh-0002", null)]
    [InlineData("CN=veh-0001+OU=x", null)]
    // Without a name no other part stands in for it.
    [InlineData("OU=veh-0001", null)]
    [InlineData("O=acme", null)]
    [InlineData("E=veh-0001", null)]
    [InlineData("SERIALNUMBER=veh-0001", null)]
    [InlineData("", null)]
    // What means more than one name in a topic, or none.
    [InlineData("CN=+", null)]
    [InlineData("CN=\"#\"", null)]
    [InlineData("CN=*", null)]
    [InlineData("CN=veh-*", null)]
    [InlineData("CN=\"veh-0001/status\"", null)]
    [InlineData("CN=\"veh-0001/+\"", null)]
    [InlineData("CN=../veh-0001", null)]
    [InlineData("CN=$SYS", null)]
    [InlineData("CN=\" veh-0001\"", null)]
    [InlineData("CN=VEH-0001", null)]
    [InlineData("CN=veh\u20100001", null)]
    [InlineData("CN=v\u0435h-0001", null)]
    [InlineData("CN=\uff56eh-0001", null)]
    [InlineData("CN=\"\"", null)]
    public void Its_name_is_one_vehicle_s_or_nobody_s(string subject, string? user)
    {
        using var certificate = _ours.Client(subject);

        var known = CertificateGate.UserOf(certificate, Tenants);

        Assert.Equal(user, known is { } one ? $"{one.Tenant}/{one.Name}" : null);
    }

    [Theory]
    [InlineData("1.3.6.1.5.5.7.3.2", true)]
    [InlineData("1.3.6.1.5.5.7.3.1", false)]
    [InlineData("1.3.6.1.5.5.7.3.3", false)]
    [InlineData("1.3.6.1.5.5.7.3.1 1.3.6.1.5.5.7.3.2", true)]
    public void Only_a_client_s_comes_in(string usages, bool isAdmitted)
    {
        using var gate = new CertificateGate(_ours.Write(_folder, "ca.pem"), "", TimeProvider.System);
        OidCollection allowed = [];
        foreach (var one in usages.Split(' ')) allowed.Add(new(one));
        using var certificate = _ours.Client("CN=veh-0001", new X509EnhancedKeyUsageExtension(allowed, critical: false));

        Assert.Equal(isAdmitted, gate.Admits(certificate));
    }

    /// <summary>The address of an issuer in it is a stranger's wish, and may be one of the operator's own network.</summary>
    [Fact]
    public void Nothing_is_fetched_for_a_stranger()
    {
        using var inside = new TcpListener(IPAddress.Loopback, 0);
        inside.Start();
        using var rogue = new Authority("rogue");
        using var gate = new CertificateGate(_ours.Write(_folder, "ca.pem"), "", TimeProvider.System);
        var issuer = new X509AuthorityInformationAccessExtension([], [$"http://127.0.0.1:{((IPEndPoint)inside.LocalEndpoint).Port}/ca.cer"]);
        using var certificate = rogue.Client("CN=veh-0001", issuer);

        Assert.False(gate.Admits(certificate));

        Assert.False(inside.Pending(), "The address that stands in a stranger's certificate was asked.");
    }
}
