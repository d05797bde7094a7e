using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using DriverMonitor.Fleet.Wire;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace DriverMonitor.Fleet.Intake;

/// <summary>
/// A broker outside that speaks MQTT 5: receivers share one subscription. Sessions end with the connection, so that a receiver
/// that died keeps nothing back; what it had not acknowledged the broker may lose, and marks find it.
/// </summary>
internal sealed partial class MqttIntake : IIntake
{
    private static readonly string[] Filters =
        ["+/+/alert/+", "+/+/trip", "+/+/audit", "+/+/cmdack/+", "+/+/status", "+/+/state", "+/+/health"];

    private readonly Channel<Delivery> _deliveries;
    private readonly Channel<MqttApplicationMessageReceivedEventArgs> _stored =
        Channel.CreateUnbounded<MqttApplicationMessageReceivedEventArgs>(); // at most Prefetch are unanswered
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly LinkOptions _link;
    private readonly MqttClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<MqttIntake> _log;
    private TaskCompletionSource _lost = new();
    private volatile bool _isSubscribed;

    public MqttIntake(FleetOptions fleet, LinkOptions link, TimeProvider time, ILogger<MqttIntake> log)
    {
        (_link, _time, _log) = (link, time, log);
        // States (QoS 0) are not held back by the window: they have as much room again.
        _deliveries = Channel.CreateBounded<Delivery>(2 * link.Prefetch);
        _options = OptionsFor(fleet, link);
        _client.ApplicationMessageReceivedAsync += ReceiveAsync;
        _client.DisconnectedAsync += _ =>
        {
            _lost.TrySetResult();
            return Task.CompletedTask;
        };
    }

    public ChannelReader<Delivery> Deliveries => _deliveries.Reader;

    public bool IsConnected => _isSubscribed && _client.IsConnected;

    public bool CanRefuse => false;

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(StayConnectedAsync(stop), AcknowledgeAsync(stop));

    public async Task<bool> PublishAsync(string topic, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        try
        {
            var result = await _client.PublishAsync(
                new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(body.ToArray())
                    .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
                    .WithMessageExpiryInterval((uint)OrderLifetime.Longest.TotalSeconds).Build(), stop);
            return result.IsSuccess;
        }
        catch (Exception e) when (e is MqttClientNotConnectedException or MqttCommunicationException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static MqttClientOptions OptionsFor(FleetOptions fleet, LinkOptions link)
    {
        var address = new Uri(fleet.Intake);
        var isTls = address.Scheme == "mqtts";
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer(address.Host, address.IsDefaultPort || address.Port < 0 ? isTls ? 8883 : 1883 : address.Port)
            .WithProtocolVersion(MqttProtocolVersion.V500).WithClientId(fleet.Receiver)
            .WithCleanStart().WithSessionExpiryInterval(0).WithReceiveMaximum((ushort)link.Prefetch)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(15)).WithTimeout(TimeSpan.FromSeconds(10));
        if (address.UserInfo.Split(':') is [{ Length: > 0 } user, var password])
            options.WithCredentials(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password));
        if (isTls)
        {
            options.WithTlsOptions(tls =>
            {
                tls.UseTls();
                if (link.CaFile.Length > 0)
                {
                    var authority = new X509Certificate2Collection();
                    authority.ImportFromPemFile(link.CaFile);
                    tls.WithTrustChain(authority);
                }

                if (link.CertificateFile.Length > 0)
                    tls.WithClientCertificates([X509Certificate2.CreateFromPemFile(link.CertificateFile, link.KeyFile)]);
            });
        }

        return options.Build();
    }

    private async Task StayConnectedAsync(CancellationToken stop)
    {
        var pause = TimeSpan.FromSeconds(1);
        while (true)
        {
            try
            {
                _isSubscribed = false;
                _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
                var result = await _client.ConnectAsync(_options, stop);
                if (result.ResultCode != MqttClientConnectResultCode.Success)
                    throw new MqttCommunicationException($"refused: {result.ResultCode}");
                foreach (var filter in Filters) await SubscribeAsync($"$share/{_link.Group}/dm/v1/{filter}", stop);
                _isSubscribed = true;
                LogConnected();
                pause = TimeSpan.FromSeconds(1);
                await _lost.Task.WaitAsync(stop);
                LogLost("the connection ended", pause.TotalSeconds);
            }
            catch (Exception e) when (e is MqttCommunicationException or MqttClientNotConnectedException
                or TimeoutException || e is OperationCanceledException && !stop.IsCancellationRequested)
            {
                LogLost(TopicName.Shown(e.Message), pause.TotalSeconds);
            }

            await Task.Delay(pause, _time, stop);
            pause = pause * 2 < TimeSpan.FromSeconds(30) ? pause * 2 : TimeSpan.FromSeconds(30);
        }
    }

    private async Task SubscribeAsync(string filter, CancellationToken stop)
    {
        var result = await _client.SubscribeAsync(
            new MqttClientSubscribeOptionsBuilder().WithTopicFilter(filter, MqttQualityOfServiceLevel.AtLeastOnce).Build(), stop);
        if (result.Items.Any(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2))
            throw new MqttCommunicationException($"may not subscribe to {filter}");
    }

    private async Task ReceiveAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        received.AutoAcknowledge = false;
        var message = received.ApplicationMessage;
        var isKept = message.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce;
        var delivery = new Delivery(message.Topic, message.Payload.ToArray(), _ =>
        {
            if (!isKept) _stored.Writer.TryWrite(received);
        })
        { IsRetained = message.Retain };
        if (isKept) _deliveries.Writer.TryWrite(delivery); // a state: the next one replaces it
        else await _deliveries.Writer.WriteAsync(delivery);
    }

    /// <summary>One after the other, in the order of storing.</summary>
    private async Task AcknowledgeAsync(CancellationToken stop)
    {
        await foreach (var received in _stored.Reader.ReadAllAsync(stop))
        {
            try
            {
                await received.AcknowledgeAsync(stop);
            }
            catch (Exception e) when (e is MqttCommunicationException or MqttClientNotConnectedException
                or InvalidOperationException)
            {
                // Of a connection that is gone: it comes again, and the key knows it.
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to the broker")]
    private partial void LogConnected();

    [LoggerMessage(Level = LogLevel.Warning, Message = "No broker: {reason}. Retrying in {seconds} s")]
    private partial void LogLost(string reason, double seconds);
}
