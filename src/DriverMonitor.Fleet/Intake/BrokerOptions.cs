using System.ComponentModel.DataAnnotations;
using System.Net;

namespace DriverMonitor.Fleet.Intake;

/// <summary>Settings of the broker inside; asked only while <c>Fleet:Intake</c> is empty.</summary>
internal sealed record BrokerOptions : IValidatableObject
{
    public const string Section = "Fleet:Broker";

    /// <summary>Port for vehicles with certificates (TLS 1.2 and 1.3); 0 for none. Needs the three files.</summary>
    [Range(0, 65535)] public int TlsPort { get; init; }

    /// <summary>Address that the TLS port listens on; empty for every one.</summary>
    public string TlsAddress { get; init; } = "";

    /// <summary>Who signed the vehicles' certificates (PEM).</summary>
    public string CaFile { get; init; } = "";

    public string CertificateFile { get; init; } = "";

    public string KeyFile { get; init; } = "";

    /// <summary>Revoked certificates (PEM); read again when it changes.</summary>
    public string RevokedFile { get; init; } = "";

    /// <summary>Port for trying, without encryption, on loopback only, with the passwords below; 0 for none.</summary>
    [Range(0, 65535)] public int LoopbackPort { get; init; } = 1883;

    /// <summary>Name of a vehicle or of <c>fleet.viewer</c> and its password; of the first tenant.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TlsPort == 0 && LoopbackPort == 0)
            yield return new("Fleet:Broker listens nowhere. Set TlsPort, or LoopbackPort for trying.");
        foreach (var (key, file) in new[] { ("CaFile", CaFile), ("CertificateFile", CertificateFile), ("KeyFile", KeyFile) })
        {
            if (TlsPort > 0 && file.Length == 0) yield return new($"Fleet:Broker:{key} is missing; TlsPort needs it.");
        }

        if (TlsAddress.Length > 0 && !IPAddress.TryParse(TlsAddress, out _))
            yield return new("Fleet:Broker:TlsAddress is no address. Write one, or leave it out for all.");
        foreach (var user in Users.Keys.Where(user => !BrokerAcl.IsKnown(user)))
            yield return new($"Fleet:Broker:Users names '{Wire.TopicName.Shown(user)}', which is no vehicle's name and no fleet user's.");
    }
}
