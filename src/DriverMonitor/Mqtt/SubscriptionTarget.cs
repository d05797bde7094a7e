using DriverMonitor.Configuration;

namespace DriverMonitor.Mqtt;

/// <summary>Where a gateway is heard.</summary>
/// <param name="What">Its name in a log, such as <c>heart gateway</c>.</param>
/// <param name="Brokers">At least one, tried in turn.</param>
/// <param name="ClientId">Ours; the vehicle's own link has another one.</param>
internal sealed record SubscriptionTarget(
    string What, MqttSettings Connection, IReadOnlyList<BrokerAddress> Brokers, string Topic, string ClientId)
{
    /// <param name="part">Last part of the default topic and of the client id: <c>heart</c>, <c>vehicle</c>.</param>
    /// <param name="settings">Valid ones.</param>
    /// <exception cref="ConfigurationException">No broker is named anywhere.</exception>
    public static SubscriptionTarget Of(string part, GatewaySettings settings, MqttSettings link)
    {
        var connection = settings.Broker is { } own
            ? link with { Brokers = [own], User = settings.User, PasswordFile = settings.PasswordFile, Tls = null }
            : link;
        if (connection.Brokers.Count == 0)
            throw new ConfigurationException(
                $"The {part} gateway is to be heard, but at no broker. Name one in its Broker, or in Mqtt:Brokers.");

        return new($"{part} gateway", connection, [.. connection.Brokers.Select(Address)],
            settings.Topic ?? new Topics(link.Tenant, link.Vehicle).Input(part), $"dm-{link.Tenant}-{link.Vehicle}-{part}");

        BrokerAddress Address(string text) => BrokerAddress.TryParse(text, connection.Tls is not null, out var address)
            ? address
            : throw new ConfigurationException($"'{text}' is not host:port.");
    }
}
