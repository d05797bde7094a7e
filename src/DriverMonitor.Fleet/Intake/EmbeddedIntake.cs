using System.Buffers;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using DriverMonitor.Fleet.Wire;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace DriverMonitor.Fleet.Intake;

/// <summary>
/// The broker inside: vehicles connect to this process, and their message is acknowledged when it is stored. While it is not,
/// that vehicle sends no other; nothing is queued here.
/// </summary>
internal sealed partial class EmbeddedIntake : IIntake
{
    /// <summary>As many vehicles may have a message under way; others wait at their sockets.</summary>
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
        _server = new MqttServerFactory().CreateMqttServer(ServerOptions());
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
            .WithMessageExpiryInterval((uint)Orders.CommandSigner.Lifetime.TotalSeconds).Build();
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

    private MqttServerOptions ServerOptions()
    {
        var options = new MqttServerOptionsBuilder().WithoutDefaultEndpoint().WithConnectionBacklog(1_000);
        if (_options.LoopbackPort > 0)
        {
            options.WithDefaultEndpoint().WithDefaultEndpointPort(_options.LoopbackPort)
                .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None);
        }

        if (_options.TlsPort > 0)
        {
            options.WithEncryptedEndpoint().WithEncryptedEndpointPort(_options.TlsPort)
                .WithEncryptedEndpointBoundIPAddress(
                    _options.TlsAddress.Length > 0 ? IPAddress.Parse(_options.TlsAddress) : IPAddress.Any)
                .WithEncryptedEndpointBoundIPV6Address(
                    _options.TlsAddress.Length > 0 ? IPAddress.None : IPAddress.IPv6Any)
                .WithEncryptionCertificate(Certificate())
                .WithEncryptionSslProtocol(SslProtocols.Tls12 | SslProtocols.Tls13)
                .WithClientCertificate((_, certificate, _, _) => _gate!.Admits(certificate));
        }

        return options.Build();
    }

    private X509Certificate2 Certificate()
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(_options.CertificateFile, _options.KeyFile);
        }
        catch (Exception e) when (e is IOException or System.Security.Cryptography.CryptographicException)
        {
            throw new ConfigurationException($"Fleet:Broker: {e.Message}", e);
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
            new(message.Topic, message.Payload.ToArray(), stored.SetResult), publish.CancellationToken);
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
