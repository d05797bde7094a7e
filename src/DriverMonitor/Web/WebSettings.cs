using System.ComponentModel.DataAnnotations;
using System.Net;

namespace DriverMonitor.Web;

/// <summary>The page in the cab, its API, health and metrics.</summary>
internal sealed record WebSettings : IValidatableObject
{
    /// <summary>Whether there is a page at all.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// Where to listen. Anything but this device itself (127.0.0.1, ::1) needs a password, made by <c>drivermonitor password</c>.
    /// </summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>TCP port on which the page is served.</summary>
    [Range(1, 65535, ErrorMessage = "Web:Port must lie between 1 and 65535.")]
    public int Port { get; init; } = 8088;

    /// <summary>Where the password's hash is kept; null: page.password in the folder systemd gives the service.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>
    /// Certificate (PEM, with the chain that leads to its authority) for https; null for http. A renewed one is taken up without
    /// a restart.
    /// </summary>
    public string? CertificateFile { get; init; }

    /// <summary>The certificate's private key (PEM).</summary>
    public string? KeyFile { get; init; }

    /// <summary>
    /// Names under which browsers reach the device, such as cab-7.local; addresses and the device's own name always work.
    /// </summary>
    public string[] Names { get; init; } = [];

    /// <summary>
    /// A file with the token by which a scraper on another machine reads /metrics; null: only this device and who has signed in.
    /// </summary>
    public string? MetricsTokenFile { get; init; }

    /// <summary>
    /// Where an OpenTelemetry collector takes metrics, also while there is no page: http://host:4317 by gRPC,
    /// http://host:4318/v1/metrics (any path) by HTTP; null sends none.
    /// </summary>
    public Uri? Collector { get; init; }

    /// <summary>
    /// Whom to tell of a security hole: mailto:security@operator.example or an https address. The page shows it to everybody as
    /// /.well-known/security.txt; null shows none.
    /// </summary>
    public Uri? SecurityContact { get; init; }

    /// <summary>Where others on the network find the page; null where only this device does.</summary>
    /// <param name="device">The device's own name.</param>
    internal Uri? NetworkAddress(string device)
    {
        if (!Enabled || IsLoopback || !IPAddress.TryParse(Address, out var address)) return null;
        var isAny = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
        var host = Names.FirstOrDefault() ?? (isAny ? device : Address);
        return new UriBuilder(CertificateFile is null ? "http" : "https", host, Port).Uri;
    }

    internal bool IsLoopback => IPAddress.TryParse(Address, out var address) && IPAddress.IsLoopback(address);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(Address, out _))
            yield return new(
                $"Web:Address '{Address}' is no address. Try 127.0.0.1, or 0.0.0.0 for every network.",
                [nameof(Address)]);
        if (Collector is { } collector && !(collector.IsAbsoluteUri && collector.Scheme is "http" or "https"))
            yield return new($"Web:Collector '{collector}' is no address. Try http://host:4317.", [nameof(Collector)]);
        if (SecurityContact is { } contact && !(contact.IsAbsoluteUri && contact.Scheme is "https" or "mailto" or "tel"))
            yield return new(
                $"Web:SecurityContact '{contact}' is no contact. Try mailto:security@operator.example.", [nameof(SecurityContact)]);
        if (CertificateFile is null != KeyFile is null)
            yield return new("Web:CertificateFile and Web:KeyFile belong together: set both or none.", [nameof(KeyFile)]);
    }
}
