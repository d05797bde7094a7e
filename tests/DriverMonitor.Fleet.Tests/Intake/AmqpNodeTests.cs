using System.Net.Security;
using DriverMonitor.Fleet.Intake;
using DriverMonitor.Fleet.Tests.Support;

namespace DriverMonitor.Fleet.Tests.Intake;

/// <summary>Whom a receiver believes to be its broker; the handshake itself is in the tests of kills.</summary>
public sealed class AmqpNodeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ours", SslPolicyErrors.RemoteCertificateChainErrors, true)]
    [InlineData("ours", SslPolicyErrors.None, true)]
    [InlineData("ours", SslPolicyErrors.RemoteCertificateNameMismatch, false)]
    [InlineData("ours", SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateChainErrors, false)]
    [InlineData("rogue", SslPolicyErrors.RemoteCertificateChainErrors, false)]
    [InlineData("rogue", SslPolicyErrors.None, false)]
    [InlineData("none", SslPolicyErrors.RemoteCertificateNotAvailable, false)]
    public void A_broker_is_believed_that_our_authority_signed_and_whose_name_is_right(
        string signer, SslPolicyErrors errors, bool isBelieved)
    {
        using var ours = new Authority("ours");
        using var rogue = new Authority("rogue");
        using var broker = signer == "none" ? null : (signer == "ours" ? ours : rogue).Client("CN=broker");
        var factory = AmqpNode.FactoryFor(
            new("amqps://receiver:secret@broker:5671"), "fleet-r1", new() { CaFile = ours.Write(_folder, "ca.pem") });

        Assert.True(factory.Ssl.Enabled);
        Assert.Equal("broker", factory.Ssl.ServerName);
        Assert.Equal(isBelieved, factory.Ssl.CertificateValidationCallback!(this, broker, null, errors));
    }
}
