using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DriverMonitor.Configuration;
using DriverMonitor.Files;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Web;

/// <summary>
/// The page's certificate with the chain that leads to its authority. Whoever renews it only writes the files: the next
/// visitor gets the new one. A renewal that cannot be used is said once, and the old one stays.
/// </summary>
internal sealed partial class PageCertificate
{
    private readonly string _chainFile;
    private readonly string _keyFile;
    private readonly Lock _gate = new();
    private (string Chain, string Key) _looked;
    private SslStreamCertificateContext _context;

    /// <exception cref="ConfigurationException">The files cannot be read, or do not belong together.</exception>
    public PageCertificate(string chainFile, string keyFile)
    {
        (_chainFile, _keyFile) = (ServiceFolders.Credential(chainFile), ServiceFolders.Credential(keyFile));
        try
        {
            _looked = Read();
            _context = Make(_looked);
        }
        catch (Exception e) when (IsUseless(e))
        {
            throw new ConfigurationException(
                $"Web:CertificateFile {chainFile} and Web:KeyFile {keyFile} make no certificate: {e.Message} Name other files, or none.",
                e);
        }
    }

    /// <summary>When browsers begin to trust it, and when they end.</summary>
    public (DateTimeOffset From, DateTimeOffset Until) Good =>
        (_context.TargetCertificate.NotBefore, _context.TargetCertificate.NotAfter);

    public bool IsGood(DateTimeOffset now) => now >= Good.From && now <= Good.Until;

    /// <summary>
    /// The certificate as it is on the disk now, if that can be used. Both files are small, and a handshake costs far more than
    /// reading them.
    /// </summary>
    public SslStreamCertificateContext Current(DateTimeOffset now, ILogger log)
    {
        lock (_gate)
        {
            try
            {
                var found = Read();
                if (found == _looked) return _context;
                _looked = found;
                _context = Make(found);
                LogRenewed(log, Good.Until);
                Warn(now, log);
            }
            catch (Exception e) when (IsUseless(e))
            {
                // A renewal writes two files, one after the other: between them they do not match.
                if (_looked != default) LogUseless(log, e.Message, Good.Until);
                if (e is not (CryptographicException or ArgumentException)) _looked = default;
            }

            return _context;
        }
    }

    /// <summary>Says so if browsers will not trust it. The driver is watched all the same.</summary>
    public void Warn(DateTimeOffset now, ILogger log)
    {
        if (!IsGood(now)) LogUntrusted(log, _chainFile, Good.From, Good.Until);
    }

    private (string Chain, string Key) Read() => (StoredFile.ReadText(_chainFile), StoredFile.ReadText(_keyFile));

    private static SslStreamCertificateContext Make((string Chain, string Key) pem)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(pem.Chain);
        // Offline: nobody is asked for what is missing in the file.
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(pem.Chain, pem.Key), chain, offline: true);
    }

    private static bool IsUseless(Exception e) =>
        e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    [LoggerMessage(Level = LogLevel.Information, Message = "The page's certificate was renewed; it is good until {Until:u}.")]
    private static partial void LogRenewed(ILogger log, DateTimeOffset until);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The page's new certificate cannot be used: {Why} The one it had stays, good until {Until:u}."
    )]
    private static partial void LogUseless(ILogger log, string why, DateTimeOffset until);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Browsers will not trust the page's certificate {File}: it is good from {From:u} until {Until:u}. Renew it; no restart is needed."
    )]
    private static partial void LogUntrusted(ILogger log, string file, DateTimeOffset from, DateTimeOffset until);
}
