using System.Buffers;
using System.Net;
using System.Threading.Channels;
using DriverMonitor.Fleet.Wire;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace DriverMonitor.Fleet.Intake;

/// <summary>
/// The broker inside: vehicles connect to this process, and their messages are acknowledged when they are stored. Until then each
/// vehicle may have a few under way; what is not acknowledged it keeps.
/// </summary>
internal sealed partial class EmbeddedIntake : IIntake
{
    /// <summary>As many messages wait to be read; the others at their vehicles' sockets.</summary>
    private const int MostUnderWay = 2_000;

    private const string UserKey = "user";

    /// <summary>So soon a vehicle is cut off whose certificate was taken back.</summary>
    private static readonly TimeSpan LookForRevoked = TimeSpan.FromSeconds(1);

    private readonly Channel<Delivery> _deliveries = Channel.CreateBounded<Delivery>(MostUnderWay);
    private readonly BrokerOptions _options;
    private readonly IReadOnlyList<string> _tenants;
    private readonly ILogger<EmbeddedIntake> _log;
    private readonly TimeProvider _time;
    private readonly CertificateGate? _gate;
    private readonly BrokerConnections _connections = new();
    private readonly MqttServer _server;
    private volatile bool _isWatched;

    public EmbeddedIntake(BrokerOptions options, FleetOptions fleet, TimeProvider time, ILogger<EmbeddedIntake> log)
    {
        (_options, _tenants, _time, _log) = (options, fleet.Tenants, time, log);
        if (options.TlsPort > 0) _gate = new(options.CaFile, options.RevokedFile, time);
        _server = new MqttServerFactory().CreateMqttServer(
            new MqttServerOptionsBuilder().WithoutDefaultEndpoint().Build(),
            [new VehicleListener(options, _gate, TakeAsync, time, log)]);
        _server.ValidatingConnectionAsync += ValidateAsync;
        _server.InterceptingSubscriptionAsync += CheckAsync;
        _server.InterceptingPublishAsync += ReceiveAsync;
        _server.ClientDisconnectedAsync += left =>
        {
            // Who takes over is known already under the same id.
            if (left.DisconnectType != MqttClientDisconnectType.Takeover) _connections.Remove(left.ClientId);
            return Task.CompletedTask;
        };
    }

    public ChannelReader<Delivery> Deliveries => _deliveries.Reader;

    public bool IsConnected => _server.IsStarted;

    public bool CanRefuse => true;

    public async Task RunAsync(CancellationToken stop)
    {
        await _server.StartAsync();
        LogListening(_options.TlsPort, _options.LoopbackPort);
        try
        {
            await CutRevokedAsync(stop);
        }
        finally
        {
            await _server.StopAsync(new MqttServerStopOptions());
        }
    }

    public async Task<bool> PublishAsync(string topic, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        if (!_server.IsStarted) return false;
        var message = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(body.ToArray())
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithMessageExpiryInterval((uint)OrderLifetime.Longest.TotalSeconds).Build();
        await _server.InjectApplicationMessage(
            new InjectedMqttApplicationMessage(message) { SenderClientId = BrokerAcl.CommandUser, SenderUserName = "" }, stop);
        return true;
    }

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        _gate?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A certificate is asked for at the handshake only: who is inside when it is taken back must be put out.</summary>
    private async Task CutRevokedAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookForRevoked, _time);
        var seen = _gate?.RevokedWritten;
        // Once more after a change: a handshake may have been under way.
        for (var rounds = 0; await timer.WaitForNextTickAsync(stop); rounds--)
        {
            if (_gate is null) continue;
            if (_gate.RevokedWritten != seen) (seen, rounds) = (_gate.RevokedWritten, 2);
            if (rounds <= 0) continue;
            try
            {
                foreach (var client in _connections.WithCertificate(_gate.IsRevoked))
                {
                    LogCut(TopicName.Shown(client));
                    await _server.DisconnectClientAsync(client, MqttDisconnectReasonCode.NotAuthorized);
                }
            }
            catch (Exception e) when (e is IOException or System.Security.Cryptography.CryptographicException or FormatException)
            {
                LogUnreadable(TopicName.Shown(e.Message), LookForRevoked.TotalSeconds);
                rounds = 2;
            }
        }
    }

    private Task ValidateAsync(ValidatingConnectionEventArgs connection)
    {
        var user = connection.ClientCertificate is { } certificate
            ? CertificateGate.UserOf(certificate, _tenants)
            : UserByPassword(connection);
        if (user is not { } known || !_connections.TryAdd(connection.ClientId ?? "", known, connection.ClientCertificate))
        {
            connection.ReasonCode = MqttConnectReasonCode.NotAuthorized;
            LogRefused(TopicName.Shown(connection.ClientId ?? ""));
            return Task.CompletedTask;
        }

        connection.SessionItems[UserKey] = known;
        ((VehicleConnection)connection.ChannelAdapter).User = known;
        return Task.CompletedTask;
    }

    private BrokerUser? UserByPassword(ValidatingConnectionEventArgs connection) =>
        connection.UserName is { } name && connection.RemoteEndPoint is IPEndPoint { Address: var from }
            && IPAddress.IsLoopback(from) && _options.Users.TryGetValue(name, out var password)
            && System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(
                System.Text.Encoding.UTF8.GetBytes(password), connection.RawPassword ?? [])
            ? new(_tenants[0], name) : null;

    private Task CheckAsync(InterceptingSubscriptionEventArgs subscription)
    {
        if (subscription.SessionItems[UserKey] is BrokerUser user && BrokerAcl.MaySubscribe(user, subscription.TopicFilter.Topic))
        {
            _isWatched |= !TopicName.IsName(user.Name);
            return Task.CompletedTask;
        }

        subscription.ProcessSubscription = false;
        subscription.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
        return Task.CompletedTask;
    }

    /// <summary>
    /// A vehicle's message that only has to be stored. What somebody watches, what has a short name for its topic, and what may
    /// not be there at all is left to the broker.
    /// </summary>
    private async ValueTask<bool> TakeAsync(VehicleConnection connection, MqttPublishPacket packet, CancellationToken stop)
    {
        var (number, quality) = (packet.PacketIdentifier, packet.QualityOfServiceLevel);
        if (_isWatched || packet.TopicAlias > 0 || quality == MqttQualityOfServiceLevel.ExactlyOnce) return false;
        if (connection.User is not { } user || user.Name == BrokerAcl.CommandUser) return false;
        if (!BrokerAcl.MayPublish(user, packet.Topic)) return false;
        var isAnswered = quality == MqttQualityOfServiceLevel.AtLeastOnce;
        if (isAnswered) await connection.WaitForRoomAsync(stop);
        await _deliveries.Writer.WriteAsync(
            new(packet.Topic, BodyOf(packet.Payload), isAnswered ? result => connection.Answer(number, result) : _ => { }), stop);
        return true;
    }

    /// <summary>The broker reads every packet into bytes of its own.</summary>
    private static ReadOnlyMemory<byte> BodyOf(in ReadOnlySequence<byte> payload) =>
        payload.IsSingleSegment ? payload.First : payload.ToArray();

    private async Task ReceiveAsync(InterceptingPublishEventArgs publish)
    {
        var message = publish.ApplicationMessage;
        // An order of our own, on its way out.
        if (publish.ClientId == BrokerAcl.CommandUser && publish.UserName.Length == 0) return;
        if (publish.SessionItems[UserKey] is not BrokerUser user || !BrokerAcl.MayPublish(user, message.Topic))
        {
            publish.ProcessPublish = false;
            publish.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            return;
        }

        if (user.Name == BrokerAcl.CommandUser) return;
        // Stored is enough; it is passed on only where somebody watches.
        publish.ProcessPublish = _isWatched;
        var stored = new TaskCompletionSource<DeliveryResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _deliveries.Writer.WriteAsync(
            new(message.Topic, BodyOf(message.Payload), stored.SetResult), publish.CancellationToken);
        if (message.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce) return;
        if (await stored.Task.WaitAsync(publish.CancellationToken) == DeliveryResult.Stored) return;
        publish.ProcessPublish = false;
        publish.Response.ReasonCode = MqttPubAckReasonCode.QuotaExceeded;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Listening for vehicles: TLS port {tls}, loopback port {loopback} (0: none)")]
    private partial void LogListening(int tls, int loopback);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a connection of {client}: no valid certificate or password, or another's client id")]
    private partial void LogRefused(string client);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ended the connection of {client}: its certificate was revoked")]
    private partial void LogCut(string client);

    [LoggerMessage(Level = LogLevel.Error, Message = "The list of revoked certificates cannot be read: {reason}. Retrying in {seconds} s")]
    private partial void LogUnreadable(string reason, double seconds);
}
