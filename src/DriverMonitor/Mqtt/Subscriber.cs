using System.Buffers;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;

namespace DriverMonitor.Mqtt;

/// <summary>One message as a fleet sees it.</summary>
/// <param name="At">Since the subscriber was made.</param>
internal sealed record Received(
    TimeSpan At, string Topic, string Body, int QualityOfService, bool Retained, uint ExpirySeconds, string? ContentType);

/// <summary>Stands in for the fleet: hears everything a broker has and keeps it, to be shown or asserted.</summary>
internal sealed class Subscriber : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Lock _gate = new();
    private readonly List<Received> _received = [];

    private Subscriber(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        _client.ApplicationMessageReceivedAsync += Handle;
    }

    /// <summary>Raised for each message, on the network's thread.</summary>
    public event Action<Received>? Heard;

    /// <summary>Everything so far, in the order of arrival.</summary>
    public IReadOnlyList<Received> Messages
    {
        get
        {
            lock (_gate) return [.. _received];
        }
    }

    public static async Task<Subscriber> StartAsync(
        MqttSettings settings, BrokerAddress broker, TimeProvider time, CancellationToken stop, string filter = Topics.Everything)
    {
        var subscriber = new Subscriber(time);
        try
        {
            await BrokerVisit.ConnectAsync(subscriber._client, settings, broker, $"fleet-{Guid.NewGuid():n}", time, stop);
            await subscriber._client.SubscribeAsync(
                new MqttClientSubscribeOptionsBuilder().WithTopicFilter(filter, MqttQualityOfServiceLevel.AtLeastOnce).Build(),
                stop);
            return subscriber;
        }
        catch
        {
            await subscriber.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected) await _client.TryDisconnectAsync(MqttClientDisconnectOptionsReason.NormalDisconnection, null);
        _client.Dispose();
    }

    private Task Handle(MqttApplicationMessageReceivedEventArgs arrived)
    {
        var message = arrived.ApplicationMessage;
        var received = new Received(
            _time.GetElapsedTime(_start),
            message.Topic,
            Encoding.UTF8.GetString(message.Payload.ToArray()),
            (int)message.QualityOfServiceLevel,
            message.Retain,
            message.MessageExpiryInterval,
            message.ContentType);
        lock (_gate)
            _received.Add(received);
        Heard?.Invoke(received);
        return Task.CompletedTask;
    }
}
