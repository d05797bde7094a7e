using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Outbox;

namespace DriverMonitor.Mqtt;

/// <summary>Where events go, and under which name.</summary>
internal sealed partial record MqttSettings : IValidatableObject
{
    /// <summary>
    /// <c>host:port</c> each, tried in turn; without a port 1883, with TLS 8883. Empty: nothing is sent anywhere.
    /// </summary>
    public IReadOnlyList<string> Brokers { get; init; } = [];

    /// <summary>The fleet's name in topics.</summary>
    public string Tenant { get; init; } = "local";

    /// <summary>The vehicle's name in topics; with client certificates it must equal the certificate's common name.</summary>
    public string Vehicle { get; init; } = "vehicle-1";

    /// <summary>How much may leave the vehicle. P0 sends nothing at all.</summary>
    public WireLevel Privacy { get; init; } = WireLevel.P1;

    /// <summary>
    /// Whose word lets an event leave the vehicle. <c>Fleet</c> keeps it until the fleet's own mark has passed it, because a
    /// broker that dies loses what it took; it needs a fleet that sends marks.
    /// </summary>
    public Acknowledgement Acknowledge { get; init; } = Acknowledgement.Broker;

    /// <summary>
    /// The version of MQTT. <c>Auto</c> asks in 5 and goes on in 3.1.1 where a broker refuses 5, or hangs up on it twice without
    /// an answer; <c>5</c> and <c>3.1.1</c> ask in that version alone.
    /// </summary>
    [AllowedValues(
        ProtocolChoice.Auto,
        ProtocolChoice.New,
        ProtocolChoice.Old,
        ErrorMessage = "Mqtt:Protocol must be Auto, 5 or 3.1.1."
    )]
    public string Protocol { get; init; } = ProtocolChoice.Auto;

    /// <summary>User name, where the broker wants one.</summary>
    public string? User { get; init; }

    /// <summary>
    /// A file whose first line is the password; a password in the settings would end up in backups. The service can read
    /// what lies in /etc/drivermonitor/credentials, though only root may.
    /// </summary>
    public string? PasswordFile { get; init; }

    /// <summary>Encrypts the connection; leave out only on loopback or inside a VPN.</summary>
    public TlsSettings? Tls { get; init; }

    /// <summary>Found dead after this and ten seconds more.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:20:00")]
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The first connection after a start waits a random part of this, so that a fleet does not arrive all at once.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan FirstConnectSpread { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// After a broken connection the pauses grow to a random part of this, so that vehicles which lost a broker together do not
    /// come back together. A minute fits 100,000 vehicles, half an hour a million.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan ReconnectSpread { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether Home Assistant finds the vehicle by itself; for a workshop or a camper, not for fleets.</summary>
    public Announcement HomeAssistant { get; init; } = Announcement.Off;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Name().IsMatch(Tenant))
            yield return new($"Mqtt:Tenant '{Tenant}' must be 1 to 32 of a-z, 0-9 and '-'.", [nameof(Tenant)]);
        if (!Name().IsMatch(Vehicle))
            yield return new($"Mqtt:Vehicle '{Vehicle}' must be 1 to 32 of a-z, 0-9 and '-'.", [nameof(Vehicle)]);
        foreach (var broker in Brokers)
        {
            if (!BrokerAddress.TryParse(broker, Tls is not null, out _))
                yield return new($"Mqtt:Brokers: '{broker}' is not host:port.", [nameof(Brokers)]);
        }

        if (PasswordFile is not null && User is null)
            yield return new("Mqtt:PasswordFile needs Mqtt:User.", [nameof(PasswordFile)]);
        if (Tls is { } tls && tls.CertificateFile is null != tls.KeyFile is null)
            yield return new("Mqtt:Tls:CertificateFile and Mqtt:Tls:KeyFile go together.", [nameof(Tls)]);
        if (Tls is { KeyPasswordFile: not null, KeyFile: null })
            yield return new("Mqtt:Tls:KeyPasswordFile needs Mqtt:Tls:KeyFile.", [nameof(Tls)]);
    }

    [GeneratedRegex(@"^[a-z0-9-]{1,32}\z")]
    private static partial Regex Name();
}

/// <summary>What the vehicle tells Home Assistant of itself.</summary>
internal enum Announcement
{
    Off,

    /// <summary>Announced at every connection, and kept by the broker.</summary>
    On,

    /// <summary>Taken back at every connection: set it until the vehicle is gone from Home Assistant, then Off.</summary>
    Remove,
}

/// <summary>PEM files for TLS, which is always 1.3. Read at every connection, so that renewing them needs no restart.</summary>
internal sealed record TlsSettings
{
    /// <summary>The authority that signed the broker's certificate; the system's authorities if absent.</summary>
    public string? CaFile { get; init; }

    /// <summary>The vehicle's own certificate, where the broker asks for one.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Its key; best kept in /etc/drivermonitor/credentials.</summary>
    public string? KeyFile { get; init; }

    /// <summary>A file whose first line opens the key, where that is encrypted.</summary>
    public string? KeyPasswordFile { get; init; }

    /// <summary>The authority's list of revoked certificates: a broker on it is a stranger.</summary>
    public string? RevokedFile { get; init; }
}
