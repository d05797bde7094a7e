using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DriverMonitor.Time;

namespace DriverMonitor.Mqtt;

/// <summary>
/// Decides whether the one who answers is our broker: the name, the authority, the time, and our own list of revoked
/// certificates. Nothing here is ever skipped; without a trusted clock only the moment of judging moves.
/// </summary>
/// <param name="authorities">Those we trust; the system's if null.</param>
/// <param name="revoked">What those have taken back; null if there is no list.</param>
/// <param name="own">The vehicle's own certificate: that it was signed is past, whatever the clock says.</param>
internal sealed class BrokerTrust(
    ClockQuality clock, X509Certificate2Collection? authorities, CertificateRevocationListBuilder? revoked, X509Certificate2? own)
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";

    /// <summary>Throws <see cref="AuthenticationException"/> in plain words if it is not.</summary>
    public void Verify(X509Certificate2 shown, X509ChainElementCollection? sent, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            throw new AuthenticationException(
                $"the broker's certificate is for another name ({shown.Subject}), not for the one in Mqtt:Brokers");
        // Taking the number out tells whether it was in; it goes back, for the next connection.
        if (revoked is not null && revoked.RemoveEntry(shown.SerialNumberBytes.Span))
        {
            revoked.AddEntry(shown);
            throw new AuthenticationException("the broker's certificate was revoked");
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = clock.AtLeast(Later(shown.NotBefore, own?.NotBefore)).UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerUsage));
        // A stranger's certificate may name an address for its issuer, which nobody here asks for.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        foreach (var element in sent ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        if (authorities is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        if (!chain.Build(shown)) throw new AuthenticationException($"the broker's certificate is not good: {Explain(chain)}");
    }

    private static string Explain(X509Chain chain) =>
        string.Join(
            ", ",
            chain
                .ChainStatus.Select(fault =>
                    fault.Status switch
                    {
                        X509ChainStatusFlags.NotTimeValid =>
                            $"it is not valid at {chain.ChainPolicy.VerificationTime:yyyy-MM-dd HH:mm} UTC, which is what we take the time for",
                        X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain =>
                            "no authority that we trust has signed it",
                        _ => fault.StatusInformation.TrimEnd('.', ' ', '\n'),
                    }
                )
                .Distinct());

    private static DateTimeOffset Later(DateTime a, DateTime? b) => b > a ? b.Value : a;
}
