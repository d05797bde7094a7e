using System.ComponentModel.DataAnnotations;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Configuration;

/// <summary>Settings of the receiver that several parts need; a part's own section lies beside its code.</summary>
internal sealed record FleetOptions : IValidatableObject
{
    /// <summary>Section of the settings file.</summary>
    public const string Section = "Fleet";

    public const string InstalledFile = "/etc/drivermonitor/fleet.json";

    /// <summary>
    /// Where vehicles' messages come from: empty for the broker inside, <c>mqtt://host:1883</c> or <c>mqtts://host:8883</c> for a
    /// broker with shared subscriptions (MQTT 5), <c>amqp://user:password@host:5672</c> for RabbitMQ, its nodes with commas.
    /// </summary>
    public string Intake { get; init; } = "";

    /// <summary>Where events are stored: a file (SQLite), or a connection string of PostgreSQL (<c>Host=...</c>).</summary>
    [Required]
    public string Store { get; init; } = "fleet.db";

    /// <summary>
    /// The tenants whose events are taken, as they stand in the topics. A vehicle certificate without an organisation (O) belongs
    /// to the first of them.
    /// </summary>
    [MinLength(1, ErrorMessage = "Fleet:Tenants is empty. Name at least one tenant.")]
    public IReadOnlyList<string> Tenants { get; init; } = [];

    /// <summary>
    /// Of <see cref="Tenants"/>, those that process under eu-work rules: events that name an emotion are refused.
    /// </summary>
    public IReadOnlyList<string> EuWork { get; init; } = [];

    /// <summary>
    /// Of <see cref="Tenants"/>, the privacy level (<c>P0</c> to <c>P3</c>) above which nothing is stored. A tenant that is not
    /// named is held to what each vehicle says of itself.
    /// </summary>
    public IReadOnlyDictionary<string, string> Privacy { get; init; } = new Dictionary<string, string>();

    /// <summary>The same as numbers.</summary>
    internal IReadOnlyDictionary<string, int> PrivacyLevels => Privacy.ToDictionary(one => one.Key, one => one.Value[1] - '0');

    /// <summary>Name of this receiver among several, stable over restarts: <c>fleet-r1</c>.</summary>
    [RegularExpression("^[a-z0-9-]{1,32}$", ErrorMessage = "Fleet:Receiver must be 1 to 32 of a-z, 0-9 and '-'.")]
    public string Receiver { get; init; } = "fleet-r1";

    public bool IsPostgres => Store.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var tenant in Tenants.Where(tenant => !TopicName.IsName(tenant)))
            yield return new($"Fleet:Tenants names '{TopicName.Shown(tenant)}'. A tenant is 1 to 32 of a-z, 0-9 and '-'.");
        foreach (var tenant in EuWork.Except(Tenants))
            yield return new($"Fleet:EuWork names '{TopicName.Shown(tenant)}', which is not among Fleet:Tenants.");
        foreach (var (tenant, level) in Privacy)
        {
            if (Tenants.Contains(tenant) && level is ['P', >= '0' and <= '3']) continue;
            yield return new(
                $"Fleet:Privacy:{TopicName.Shown(tenant)} is '{TopicName.Shown(level)}'. Give P0 to P3 to one of Fleet:Tenants.");
        }

        if (Intake.Length > 0 && !Intake.Split(',').All(IsIntake))
            yield return new("Fleet:Intake must be empty or begin with mqtt://, mqtts:// or amqp:// and name a host.");
    }

    private static bool IsIntake(string address) =>
        Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "mqtt" or "mqtts" or "amqp" or "amqps"
        && uri.Host.Length > 0;
}
