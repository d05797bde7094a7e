using System.Buffers;
using System.Net.Sockets;
using System.Security.Authentication;
using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;

namespace DriverMonitor.Mqtt;

/// <summary>
/// The library's client for one connection, with its surprises taken out: a refusal does not throw, silence ends the
/// connection, and however it ends is told once.
/// </summary>
internal sealed class BrokerConnection : IDisposable
{
    /// <summary>For connecting, and for each answer: an unanswered link is a dead one.</summary>
    private static readonly TimeSpan UsualPatience = ClientOptions.Patience;

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly TaskCompletionSource<ConnectionEvent> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private readonly Action<FleetMessage>? _orders;

    /// <param name="orders">Takes what the fleet sends; null if nobody wants it.</param>
    public BrokerConnection(TimeProvider time, Action<FleetMessage>? orders)
    {
        (_time, _orders) = (time, orders);
        _client.ApplicationMessageReceivedAsync += arrived =>
        {
            Handle(arrived.ApplicationMessage);
            return Task.CompletedTask;
        };
        _client.DisconnectedAsync += gone =>
        {
            if (gone.Reason != MqttClientDisconnectReason.NormalDisconnection)
                Trouble = ReasonCodes.Explain((int)gone.Reason, gone.ReasonString);
            End(ReasonCodes.NewsOf(gone));
            return Task.CompletedTask;
        };
    }

    /// <summary>Completes when the connection is over, with the reason.</summary>
    public Task<ConnectionEvent> Ended => _ended.Task;

    /// <summary>Raised on any thread when <see cref="Ended"/> has completed.</summary>
    public event Action? Closed;

    public bool IsOpen => _client.IsConnected;

    /// <summary>Unanswered messages the broker wants on their way at most; null if it did not say.</summary>
    public int? ReceiveMaximum { get; private set; }

    /// <summary>What the broker asks of us beside that.</summary>
    public BrokerLimits Limits { get; private set; } = BrokerLimits.None;

    /// <summary>How long an answer may take; shorter while the program stops.</summary>
    public TimeSpan Patience { get; set; } = UsualPatience;

    /// <summary>The last trouble in the library's words; null while there was none.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Raised when the broker took the packet and refused what it says: topic, number, and its name.</summary>
    public event Action<string, int, string>? Refused;

    public async Task<ConnectionEvent> OpenAsync(MqttClientOptions options, CancellationToken stop)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
            var answer = await _client.ConnectAsync(options, either.Token);
            ReceiveMaximum = answer.ReceiveMaximum is > 0 and var most ? most : null;
            // In MQTT 3.1.1 a broker says nothing of them, and the library fills in zeros.
            if (options.ProtocolVersion == MqttProtocolVersion.V500) Limits = BrokerLimits.Of(answer);
            Trouble = answer.ResultCode == MqttClientConnectResultCode.Success
                ? Limits.Fault
                : ReasonCodes.Explain((int)answer.ResultCode, answer.ReasonString);
            var news = ReasonCodes.NewsOf(answer.ResultCode);
            return news == ConnectionEvent.Connected && Limits.Fault is not null ? ConnectionEvent.Unfit : news;
        }
        catch (Exception e) when (IsTrouble(e))
        {
            Trouble = Explain(e, options.ChannelOptions.TlsOptions?.UseTls == true);
            return stop.IsCancellationRequested ? ConnectionEvent.Stopped
                : IsUnanswered(e) ? ConnectionEvent.Unanswered
                : ConnectionEvent.Unreachable;
        }
    }

    /// <summary>The broker's answer; null if none came, and then the connection is over.</summary>
    public async Task<MqttClientPublishReasonCode?> PublishAsync(MqttApplicationMessage message)
    {
        if (PacketSize.Of(message) is var size && size > Limits.MaximumPacketSize)
        {
            Refused?.Invoke(message.Topic, ReasonCodes.PacketTooLarge, $"{size} bytes, and it takes {Limits.MaximumPacketSize}");
            return (MqttClientPublishReasonCode)ReasonCodes.PacketTooLarge;
        }

        try
        {
            using var patience = new CancellationTokenSource(Patience, _time);
            var answer = await _client.PublishAsync(message, patience.Token);
            if (!answer.IsSuccess) Refused?.Invoke(message.Topic, (int)answer.ReasonCode, $"{answer.ReasonCode}");
            return answer.ReasonCode;
        }
        // Once the connection is gone the library has thrown its own parts away, and fails in ways it does not document.
        catch (Exception e) when (IsTrouble(e) || !_client.IsConnected)
        {
            GiveUp(e);
            return null;
        }
    }

    /// <summary>To be asked anew on every connection: a broker that fell has forgotten it.</summary>
    public async Task ListenAsync(MqttClientSubscribeOptions wanted)
    {
        if (_orders is null) return;
        try
        {
            using var patience = new CancellationTokenSource(Patience, _time);
            var answer = await _client.SubscribeAsync(wanted, patience.Token);
            foreach (var item in answer.Items)
            {
                if (item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2)
                    Refused?.Invoke(item.TopicFilter.Topic, (int)item.ResultCode, $"{item.ResultCode}");
            }
        }
        catch (Exception e) when (IsTrouble(e) || !_client.IsConnected)
        {
            GiveUp(e);
        }
    }

    /// <summary>Shows the broker that we are there, and finds out whether it is.</summary>
    public async Task PingAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, _time);
            await _client.PingAsync(patience.Token);
        }
        catch (Exception e) when (IsTrouble(e) || !_client.IsConnected)
        {
            GiveUp(e);
        }
    }

    /// <summary>Leaves properly, so that no last will is sent.</summary>
    public async Task LeaveAsync()
    {
        try
        {
            using var leaving = new CancellationTokenSource(Patience, _time);
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), leaving.Token);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            Trouble = Explain(e, isEncrypted: false);
        }
    }

    public void Dispose() => _client.Dispose();

    private void Handle(MqttApplicationMessage message)
    {
        try
        {
            _orders?.Invoke(new(message.Topic, message.Payload.ToArray(), message.Retain));
        }
#pragma warning disable CA1031 // the library would swallow it; our own bug must reach the one who awaits the link
        catch (Exception e)
        {
            _ended.TrySetException(e);
            Closed?.Invoke();
        }
#pragma warning restore CA1031
    }

    /// <summary>A connection that does not answer is worth no more than none. If it broke, its own event says how.</summary>
    private void GiveUp(Exception e)
    {
        Trouble ??= Explain(e, isEncrypted: false);
        if (_client.IsConnected) End(ConnectionEvent.Lost);
    }

    private void End(ConnectionEvent news)
    {
        _ended.TrySetResult(news);
        Closed?.Invoke();
    }

    /// <summary>What a broker or the network may do to us at any time; everything else is our own bug.</summary>
    public static bool IsTrouble(Exception e) =>
        e is MqttCommunicationException or MqttProtocolViolationException or SocketException or IOException
            or AuthenticationException or OperationCanceledException or ObjectDisposedException or TimeoutException;

    /// <summary>Whether a broker took our CONNECT and closed the connection without a word.</summary>
    public static bool IsUnanswered(Exception e) =>
        e is MqttConnectingFailedException
        && Causes(e)
            .All(cause => cause is not (MqttProtocolViolationException or TimeoutException or OperationCanceledException));

    /// <summary>The reason in one line, without a full stop.</summary>
    /// <param name="isEncrypted">
    /// With TLS 1.3 a broker that does not like our certificate says so only after the handshake, by hanging up.
    /// </param>
    public static string Explain(Exception e, bool isEncrypted) => e switch
    {
        OperationCanceledException or TimeoutException or MqttCommunicationTimedOutException => "no answer in time",
        _ when IsUnanswered(e) || HungUp(e) => "it hung up before it answered ("
            + (isEncrypted
                ? "is our certificate known to it, still valid, and not revoked?"
                : "is that an MQTT broker without TLS, and does it take a client like us?") + ")",
        _ => (e.InnerException ?? e).Message.ReplaceLineEndings(" ").TrimEnd('.'),
    };

    private static bool HungUp(Exception e) => e.InnerException is SocketException
    {
        SocketErrorCode: SocketError.NotConnected or SocketError.ConnectionReset or SocketError.Shutdown,
    };

    private static IEnumerable<Exception> Causes(Exception e)
    {
        for (Exception? cause = e; cause is not null; cause = cause.InnerException) yield return cause;
    }
}
