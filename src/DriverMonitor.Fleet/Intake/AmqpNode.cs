using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;

namespace DriverMonitor.Fleet.Intake;

/// <summary>How one node of a RabbitMQ cluster is reached.</summary>
internal static class AmqpNode
{
    public static ConnectionFactory FactoryFor(Uri node, string receiver, LinkOptions link)
    {
        // Recovery by the library would acknowledge by numbers of a channel that is gone.
        var factory = new ConnectionFactory
        {
            Uri = node, AutomaticRecoveryEnabled = false, ClientProvidedName = receiver,
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
        };
        if (node.Scheme != "amqps") return factory;
        factory.Ssl.ServerName = node.Host;
        if (link.CaFile.Length > 0)
            factory.Ssl.CertificateValidationCallback = (_, certificate, _, errors) => IsSigned(certificate, errors, link.CaFile);
        if (link.CertificateFile.Length > 0)
            factory.Ssl.Certs = [X509Certificate2.CreateFromPemFile(link.CertificateFile, link.KeyFile)];
        return factory;
    }

    /// <summary>The name must be right as always; who signed it is the settings' business and not the machine's.</summary>
    private static bool IsSigned(X509Certificate? certificate, SslPolicyErrors errors, string authority)
    {
        if (certificate is not X509Certificate2 broker) return false;
        if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // A vehicle's certificate, of the same authority, makes no broker.
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(broker);
    }
}
