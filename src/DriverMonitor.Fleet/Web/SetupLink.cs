using DriverMonitor.Fleet.Identity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Fleet.Web;

/// <summary>
/// While nobody can sign in, each start prints a link that makes the first account: there is no default password.
/// </summary>
internal sealed partial class SetupLink(
    WebOptions web, OidcOptions oidc, Accounts accounts, Invitations invitations, ApiServer server, ILogger<SetupLink> log)
    : IHostedService
{
    private readonly ILogger _log = log;

    /// <summary>The link of this start; null where none was needed.</summary>
    public string? Printed { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!web.Enabled || oidc.IsEnabled || await accounts.AnyAsync(cancellationToken)) return;
        Printed = AddressOf(web, server) + "#setup=" + await invitations.CreateFirstAsync(cancellationToken);
        LogLink(Printed);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Behind the '#' a code is sent to no server and stands in no server's log.</summary>
    public static string AddressOf(WebOptions web, ApiServer server)
    {
        var address = server.Address?.ToString() ?? $"{(web.CertificateFile is null ? "http" : "https")}://{web.Address}:{web.Port}/";
        return address.Replace("//0.0.0.0:", $"//{Environment.MachineName}:", StringComparison.Ordinal)
            .Replace("//[::]:", $"//{Environment.MachineName}:", StringComparison.Ordinal);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Nobody can sign in yet. Make the first account within 24 hours, once: {Link}")]
    private partial void LogLink(string link);
}
