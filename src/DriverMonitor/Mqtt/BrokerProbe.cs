using System.Net.Sockets;
using DriverMonitor.Configuration;
using MQTTnet;
using MQTTnet.Exceptions;

namespace DriverMonitor.Mqtt;

/// <summary>
/// Tries each broker for <c>drivermonitor check</c>: connects under a name of its own, publishes nothing, leaves.
/// </summary>
internal static class BrokerProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>One line a broker; one line if there is none.</summary>
    public static async Task<IReadOnlyList<CheckLine>> CheckAsync(
        MqttSettings settings, TimeProvider time, CancellationToken stop)
    {
        if (settings.Brokers.Count == 0)
            return [new("broker", Ok: true, "none configured (Mqtt:Brokers is empty); nothing is sent")];

        var lines = new List<CheckLine>();
        foreach (var text in settings.Brokers)
        {
            lines.Add(BrokerAddress.TryParse(text, settings.Tls is not null, out var broker)
                ? await CheckAsync(settings, broker, time, stop)
                : new("broker", Ok: false, $"'{text}' in Mqtt:Brokers is not host:port"));
        }

        return lines;
    }

    private static async Task<CheckLine> CheckAsync(
        MqttSettings settings, BrokerAddress broker, TimeProvider time, CancellationToken stop)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            var name = $"dm-{settings.Tenant}-{settings.Vehicle}-check";
            var (answer, isOld) = await BrokerVisit.ConnectAsync(client, settings, broker, name, time, either.Token);
            if (answer != MqttClientConnectResultCode.Success) return new("broker", Ok: false, Refusal(broker, answer));

            await client.TryDisconnectAsync(MqttClientDisconnectOptionsReason.NormalDisconnection, null);
            return new("broker", Ok: true, $"{broker} accepts vehicle '{settings.Vehicle}' of '{settings.Tenant}'"
                + (settings.Tls is null ? ", without encryption" : ", encrypted") + (isOld ? ", in MQTT 3.1.1" : ""));
        }
        catch (MqttFileException e)
        {
            return new("broker", Ok: false, e.Message);
        }
        catch (Exception e)
            when (patience.IsCancellationRequested && e is MqttCommunicationException or OperationCanceledException)
        {
            return new(
                "broker",
                Ok: false,
                $"{broker} does not answer within {Patience.TotalSeconds:0} s; check the address, firewall and network");
        }
        catch (Exception e)
            when (e is MqttCommunicationException or MqttProtocolViolationException or SocketException or IOException)
        {
            return new(
                "broker",
                Ok: false,
                $"{broker} cannot be reached: {BrokerConnection.Explain(e, settings.Tls is not null)}; "
                    + "check Mqtt:Brokers, Mqtt:Tls and that the broker runs");
        }
    }

    private static string Refusal(BrokerAddress broker, MqttClientConnectResultCode code) =>
        ReasonCodes.NewsOf(code) switch
        {
            ConnectionEvent.NotAuthorised =>
                $"{broker} refuses us ({code}); check Mqtt:User, Mqtt:PasswordFile and the broker's access list",
            ConnectionEvent.Busy => $"{broker} is too busy ({code}); try later",
            _ => $"{broker} refuses the connection ({code})",
        };
}
