using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Exceptions;
using MQTTnet.Server;

namespace DriverMonitor.Fleet.Intake;

/// <summary>Where vehicles come in: a TLS port that asks for a certificate, and one on loopback for trying.</summary>
internal sealed partial class VehicleListener(
    BrokerOptions options, CertificateGate? gate, TakeMessage take, TimeProvider time, ILogger log) : IMqttServerAdapter
{
    private const int Backlog = 1_000;

    /// <summary>Who needs longer for a handshake only takes up room.</summary>
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(30), Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Socket, Task> _served = new();
    private readonly List<Socket> _listeners = [];
    private readonly List<Task> _accepting = [];
    private readonly CancellationTokenSource _stopped = new();
    private readonly X509Certificate2? _certificate = options.TlsPort > 0 ? Load(options) : null;

    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    public Task StartAsync(MqttServerOptions server, IMqttNetLogger logger)
    {
        if (options.LoopbackPort > 0) Listen(new(IPAddress.Loopback, options.LoopbackPort), isTls: false);
        if (options.TlsPort == 0) return Task.CompletedTask;
        var address = options.TlsAddress.Length > 0 ? IPAddress.Parse(options.TlsAddress) : IPAddress.Any;
        Listen(new(address, options.TlsPort), isTls: true);
        if (options.TlsAddress.Length == 0 && Socket.OSSupportsIPv6) Listen(new(IPAddress.IPv6Any, options.TlsPort), isTls: true);
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        await _stopped.CancelAsync();
        foreach (var listener in _listeners) listener.Dispose();
        await Task.WhenAll(_accepting);
        foreach (var socket in _served.Keys) socket.Dispose();
        await Task.WhenAll(_served.Values);
    }

    public void Dispose()
    {
        foreach (var listener in _listeners) listener.Dispose();
        _certificate?.Dispose();
        _stopped.Dispose();
    }

    private static X509Certificate2 Load(BrokerOptions options)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile);
        }
        catch (Exception e) when (e is IOException or System.Security.Cryptography.CryptographicException)
        {
            throw new ConfigurationException($"Fleet:Broker: {e.Message}", e);
        }
    }

    private void Listen(IPEndPoint where, bool isTls)
    {
        var listener = new Socket(where.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listeners.Add(listener);
        listener.Bind(where);
        listener.Listen(Backlog);
        _accepting.Add(AcceptAsync(listener, isTls, _stopped.Token));
    }

    private async Task AcceptAsync(Socket listener, bool isTls, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(stop);
                _served[socket] = Task.Run(() => ServeAsync(socket, isTls, stop), CancellationToken.None);
            }
            catch (SocketException e)
            {
                // Too many open files, most likely: those that are connected go on.
                LogNotAccepted(e.Message, Pause.TotalSeconds);
                await Task.Delay(Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket, bool isTls, CancellationToken stop)
    {
        try
        {
            socket.NoDelay = true;
            var (local, remote) = (socket.LocalEndPoint, socket.RemoteEndPoint);
            await using var plain = new NetworkStream(socket, ownsSocket: true);
            await using var tls = isTls ? await SecureAsync(plain, stop) : null;
            using var connection = new VehicleConnection(
                new(tls ?? (Stream)plain, local, remote, tls?.RemoteCertificate as X509Certificate2), take, time);
            await ServeAsync(connection, stop);
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or ObjectDisposedException
            or OperationCanceledException or MqttCommunicationException or MqttProtocolViolationException)
        {
            // Gone, refused or no vehicle at all: it comes again.
        }
        finally
        {
            _served.TryRemove(socket, out _);
            socket.Dispose();
        }
    }

    /// <summary>Until the broker or the answers come to an end, which ends the other.</summary>
    private async Task ServeAsync(VehicleConnection connection, CancellationToken stop)
    {
        if (ClientHandler is not { } handler) return;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var (served, answered) = (handler(connection), connection.SendAnswersAsync(ended.Token));
        await Task.WhenAny(served, answered);
        await ended.CancelAsync();
        connection.Dispose();
        await served;
        await answered;
    }

    private async Task<SslStream> SecureAsync(Stream plain, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(HandshakeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        var tls = new SslStream(plain, leaveInnerStreamOpen: false, (_, certificate, _, _) => gate!.Admits(certificate));
        try
        {
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = _certificate, ClientCertificateRequired = true,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                },
                either.Token);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A vehicle's connection could not be taken: {reason}. Retrying in {seconds} s")]
    private partial void LogNotAccepted(string reason, double seconds);
}
