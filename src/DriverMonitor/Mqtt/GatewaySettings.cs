using System.ComponentModel.DataAnnotations;
using System.Text;

namespace DriverMonitor.Mqtt;

/// <summary>
/// A program in the vehicle that measures something and publishes it on MQTT: a watch's gateway, a CAN gateway.
/// </summary>
internal sealed record GatewaySettings : IValidatableObject
{
    /// <summary>Longest topic MQTT can carry, in bytes.</summary>
    private const int LongestTopic = 65_535;

    /// <summary>Whether to listen to it.</summary>
    public bool Enabled { get; init; }

    /// <summary>
    /// <c>host:port</c> of a broker in the vehicle; null for those of <c>Mqtt:Brokers</c>, with their user and TLS.
    /// </summary>
    public string? Broker { get; init; }

    /// <summary>
    /// The one topic it publishes on; null for <c>dm/v1/{tenant}/{vehicle}/in/heart</c> or <c>.../in/vehicle</c>.
    /// </summary>
    public string? Topic { get; init; }

    /// <summary>User name at <see cref="Broker"/>, where it wants one.</summary>
    public string? User { get; init; }

    /// <summary>A file whose first line is the password.</summary>
    public string? PasswordFile { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Broker is not null && !BrokerAddress.TryParse(Broker, tls: false, out _))
            yield return new($"Broker '{Broker}' of a gateway is not host:port.", [nameof(Broker)]);
        if (
            Topic is not null
            && (Topic.Length == 0 || Topic.AsSpan().ContainsAny("+#\0") || Encoding.UTF8.GetByteCount(Topic) > LongestTopic))
            yield return new($"Topic '{Topic}' of a gateway must be one topic, without + and #.", [nameof(Topic)]);
        if (PasswordFile is not null && User is null)
            yield return new("PasswordFile of a gateway needs its User.", [nameof(PasswordFile)]);
        if (User is not null && Broker is null)
            yield return new("User of a gateway needs its Broker: at Mqtt:Brokers the vehicle is Mqtt:User.", [nameof(User)]);
    }
}
