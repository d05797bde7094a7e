using System.ComponentModel.DataAnnotations;
using System.Net;

namespace DriverMonitor.Fleet.Configuration;

/// <summary>Where the API, the health checks and the metrics are served.</summary>
internal sealed record WebOptions : IValidatableObject
{
    /// <summary>Section of the settings file.</summary>
    public const string Section = "Fleet:Web";

    /// <summary>Off for a receiver that nobody asks anything.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The address to listen on. Any other than loopback needs a certificate.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>0 for a free one.</summary>
    [Range(0, 65535)]
    public int Port { get; init; } = 8440;

    /// <summary>PEM file of the server's certificate, with the chain below it; read again with every start.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file of its key.</summary>
    public string? KeyFile { get; init; }

    /// <summary>
    /// Host names under which people reach the console without TLS, besides <c>localhost</c> and addresses: behind a proxy.
    /// </summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>
    /// Hosts or addresses of the operator's own network that a webhook may be sent to although they are private.
    /// </summary>
    public IReadOnlyList<string> PrivateWebhookHosts { get; init; } = [];

    /// <summary>
    /// Whom to tell of a security hole: mailto:security@operator.example or an https address. Everybody is shown it as
    /// /.well-known/security.txt; null shows none.
    /// </summary>
    public Uri? SecurityContact { get; init; }

    public bool IsLoopback => IPAddress.TryParse(Address, out var address) && IPAddress.IsLoopback(address);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(Address, out _))
            yield return new($"Fleet:Web:Address '{Address}' is no address. Use 127.0.0.1, ::1, 0.0.0.0 or one of this machine's own.");
        if (SecurityContact is { } contact && !(contact.IsAbsoluteUri && contact.Scheme is "https" or "mailto" or "tel"))
            yield return new($"Fleet:Web:SecurityContact '{contact}' is no contact. Try mailto:security@operator.example.");
        if (CertificateFile is null != KeyFile is null)
            yield return new("Fleet:Web:CertificateFile and Fleet:Web:KeyFile go together.");
        if (!IsLoopback && CertificateFile is null)
            yield return new("Fleet:Web:Address is not loopback and needs Fleet:Web:CertificateFile and Fleet:Web:KeyFile.");
    }
}
