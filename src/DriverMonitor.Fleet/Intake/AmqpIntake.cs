using System.Globalization;
using System.Threading.Channels;
using DriverMonitor.Fleet.Wire;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace DriverMonitor.Fleet.Intake;

/// <summary>
/// RabbitMQ: vehicles speak MQTT to any node, receivers take from one quorum queue that survives the loss of a node. What a
/// receiver had not acknowledged goes to the others.
/// </summary>
internal sealed partial class AmqpIntake(FleetOptions fleet, LinkOptions link, TimeProvider time, ILogger<AmqpIntake> log)
    : IIntake
{
    private const string Exchange = "amq.topic";

    private static readonly string[] Keys =
        ["*.*.alert.*", "*.*.trip", "*.*.audit", "*.*.cmdack.*", "*.*.status", "*.*.state", "*.*.health"];

    private readonly Uri[] _nodes = [.. fleet.Intake.Split(',').Select(node => new Uri(node.Trim()))];
    private readonly Channel<Delivery> _deliveries = Channel.CreateBounded<Delivery>(2 * link.Prefetch);

    private readonly Channel<(IChannel Channel, ulong Tag)> _stored =
        Channel.CreateUnbounded<(IChannel, ulong)>(); // at most Prefetch are unanswered

    private volatile IChannel? _channel;

    public ChannelReader<Delivery> Deliveries => _deliveries.Reader;

    public bool IsConnected => _channel is not null;

    public bool CanRefuse => false;

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(StayConnectedAsync(stop), AcknowledgeAsync(stop));

    public async Task<bool> PublishAsync(string topic, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        if (_channel is not { } channel) return false;
        try
        {
            var properties = new BasicProperties
            {
                Persistent = true,
                Expiration = OrderLifetime.Longest.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
            };
            await channel.BasicPublishAsync(Exchange, topic.Replace('/', '.'), false, properties, body, stop);
            return true;
        }
        catch (Exception e) when (e is OperationInterruptedException or PublishException or ObjectDisposedException
            or IOException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task StayConnectedAsync(CancellationToken stop)
    {
        var pause = TimeSpan.FromSeconds(1);
        for (var node = 0; ; node = (node + 1) % _nodes.Length)
        {
            try
            {
                var factory = AmqpNode.FactoryFor(_nodes[node], fleet.Receiver, link);
                await using var connection = await factory.CreateConnectionAsync(stop);
                await ConsumeAsync(connection, stop);
                pause = TimeSpan.FromSeconds(1);
            }
            catch (Exception e) when (e is BrokerUnreachableException or OperationInterruptedException or PublishException
                or IOException or TimeoutException or ObjectDisposedException
                || e is OperationCanceledException && !stop.IsCancellationRequested)
            {
                LogLost(TopicName.Shown(e.Message), pause.TotalSeconds);
            }
            finally
            {
                _channel = null;
            }

            await Task.Delay(pause, time, stop);
            pause = pause * 2 < TimeSpan.FromSeconds(30) ? pause * 2 : TimeSpan.FromSeconds(30);
        }
    }

    private async Task ConsumeAsync(IConnection connection, CancellationToken stop)
    {
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), stop);
        var lost = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, reason) =>
        {
            lost.TrySetResult(reason.ReplyText);
            return Task.CompletedTask;
        };
        await channel.BasicQosAsync(0, (ushort)link.Prefetch, false, stop);
        await channel.QueueDeclareAsync(
            link.Group, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: stop);
        foreach (var key in Keys) await channel.QueueBindAsync(link.Group, Exchange, $"dm.v1.{key}", cancellationToken: stop);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, received) => ReceiveAsync(channel, received);
        await channel.BasicConsumeAsync(link.Group, autoAck: false, consumer, stop);
        _channel = channel;
        LogConnected();
        LogLost(TopicName.Shown(await lost.Task.WaitAsync(stop)), 1);
    }

    private async Task ReceiveAsync(IChannel channel, BasicDeliverEventArgs received) => await _deliveries.Writer.WriteAsync(
        new(received.RoutingKey.Replace('.', '/'), received.Body.ToArray(),
            result =>
            {
                if (result == DeliveryResult.Stored) _stored.Writer.TryWrite((channel, received.DeliveryTag));
            }));

    /// <summary>One answer for all that was stored meanwhile: they are stored in the order of their tags.</summary>
    private async Task AcknowledgeAsync(CancellationToken stop)
    {
        while (await _stored.Reader.WaitToReadAsync(stop))
        {
            while (_stored.Reader.TryRead(out var newest))
            {
                while (_stored.Reader.TryPeek(out var next) && next.Channel == newest.Channel) _stored.Reader.TryRead(out newest);
                await AcknowledgeAsync(newest.Channel, newest.Tag, stop);
            }
        }
    }

    private static async Task AcknowledgeAsync(IChannel channel, ulong tag, CancellationToken stop)
    {
        try
        {
            if (channel.IsOpen) await channel.BasicAckAsync(tag, multiple: true, stop);
        }
        catch (Exception e) when (e is OperationInterruptedException or ObjectDisposedException or IOException)
        {
            // Of a connection that is gone: it comes again, and the key knows it.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to the broker")]
    private partial void LogConnected();

    [LoggerMessage(Level = LogLevel.Warning, Message = "No broker: {reason}. Retrying in {seconds} s")]
    private partial void LogLost(string reason, double seconds);
}
