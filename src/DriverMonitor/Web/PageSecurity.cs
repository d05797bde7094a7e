using DriverMonitor.Configuration;
using DriverMonitor.Files;

namespace DriverMonitor.Web;

/// <summary>The secrets that keep the page's door, read before anything starts.</summary>
/// <param name="Password">Null: no sign-in.</param>
/// <param name="MetricsToken">What a scraper on another machine must show.</param>
/// <param name="Certificate">Null: plain http.</param>
internal sealed record PageSecurity(PagePassword? Password, string? MetricsToken, PageCertificate? Certificate)
{
    /// <exception cref="ConfigurationException">A network without a password, or a file that cannot be read.</exception>
    public static PageSecurity Open(WebSettings settings)
    {
        var password = PagePassword.Load(settings);
        if (password is null && !settings.IsLoopback)
        {
            throw new ConfigurationException(
                $"Web:Address {settings.Address} opens the page to a network, and no password is set. Run 'drivermonitor password', or use 127.0.0.1."
            );
        }

        try
        {
            var token = settings.MetricsTokenFile is { } file ? StoredFile.ReadText(file).Trim() : null;
            if (token is "")
                throw new ConfigurationException($"Web:MetricsTokenFile {settings.MetricsTokenFile} is empty.");
            var certificate = settings is { CertificateFile: { } chain, KeyFile: { } key }
                ? new PageCertificate(chain, key)
                : null;
            return new(password, token, certificate);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Web: {e.Message} Name other files, or none.", e);
        }
    }
}
