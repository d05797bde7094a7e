using System.Buffers;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace DriverMonitor.Mqtt;

/// <summary>One connection that hears one topic and writes nothing.</summary>
internal sealed class TopicSubscription : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Action<MqttApplicationMessage> _hear;
    private readonly TaskCompletionSource<ConnectionEvent> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TopicSubscription(Action<MqttApplicationMessage> hear)
    {
        _hear = hear;
        _client.ApplicationMessageReceivedAsync += arrived =>
        {
            Handle(arrived.ApplicationMessage);
            return Task.CompletedTask;
        };
        _client.DisconnectedAsync += gone =>
        {
            // An attempt in another version of MQTT ends as well.
            if (gone.ClientWasConnected) _ended.TrySetResult(ReasonCodes.NewsOf(gone));
            return Task.CompletedTask;
        };
    }

    /// <summary>Why the broker does not let us hear it; null where it does.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Ends with the connection.</summary>
    public Task<ConnectionEvent> Ended => _ended.Task;

    /// <exception cref="MqttFileException">A password or certificate cannot be read.</exception>
    public static async Task<TopicSubscription> StartAsync(
        SubscriptionTarget place,
        BrokerAddress broker,
        Action<MqttApplicationMessage> hear,
        TimeProvider time,
        CancellationToken stop,
        string? clientId = null)
    {
        var visit = new TopicSubscription(hear);
        try
        {
            using var patience = new CancellationTokenSource(ClientOptions.Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
            var name = clientId ?? place.ClientId;
            var (answer, isOld) = await BrokerVisit.ConnectAsync(
                visit._client, place.Connection, broker, name, time, either.Token);
            await visit.SubscribeAsync(answer, place.Topic, isOld, either.Token);
            return visit;
        }
        catch
        {
            await visit.DisposeAsync();
            throw;
        }
    }

    /// <summary>One that is too long is refused by its length: copying it would be the harm it can do.</summary>
    public static ReadOnlySpan<byte> Body(MqttApplicationMessage message)
    {
        var body =
            message.Payload.Length > GatewayJson.Longest ? message.Payload.Slice(0, GatewayJson.Longest + 1) : message.Payload;
        return body.IsSingleSegment ? body.FirstSpan : body.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected) await _client.TryDisconnectAsync(MqttClientDisconnectOptionsReason.NormalDisconnection, null);
        _client.Dispose();
    }

    private void Handle(MqttApplicationMessage message)
    {
        try
        {
            _hear(message);
        }
#pragma warning disable CA1031 // the library would swallow it; our own bug must reach the one who awaits the visit
        catch (Exception e)
        {
            _ended.TrySetException(e);
        }
#pragma warning restore CA1031
    }

    private async Task SubscribeAsync(MqttClientConnectResultCode answer, string topic, bool isOld, CancellationToken stop)
    {
        if (answer != MqttClientConnectResultCode.Success)
        {
            if (ReasonCodes.NewsOf(answer) != ConnectionEvent.NotAuthorised) throw new MqttCommunicationException($"{answer}");
            Refusal = $"{answer}";
            return;
        }

        // What a broker kept from earlier is old by nature, and here an old speed could hush an alarm. Before MQTT 5 it cannot
        // be told so, but marks what it kept.
        var filter = new MqttTopicFilter { Topic = topic, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce };
        if (!isOld)
            filter.RetainHandling = MqttRetainHandling.DoNotSendOnSubscribe;
        var heard = (
            await _client.SubscribeAsync(new MqttClientSubscribeOptions { TopicFilters = [filter] }, stop)
        ).Items.First();
        if (heard.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2)
            Refusal = $"{topic}: {heard.ResultCode}";
    }
}
