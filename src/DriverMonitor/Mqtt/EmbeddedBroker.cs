using System.Net;
using System.Net.Sockets;
using MQTTnet.Server;

namespace DriverMonitor.Mqtt;

/// <summary>
/// A broker inside the program, on loopback only, for the demo: it shows the whole way to the fleet without a network.
/// </summary>
internal sealed class EmbeddedBroker : IAsyncDisposable
{
    private readonly MqttServer _server;

    private EmbeddedBroker(MqttServer server, int port)
    {
        _server = server;
        Address = new("127.0.0.1", port);
    }

    public BrokerAddress Address { get; }

    public static async Task<EmbeddedBroker> StartAsync()
    {
        const int Attempts = 5;
        for (var attempt = 1; ; attempt++)
        {
            // The library does not tell the port it was given, so a free one is found first; another program may be quicker.
            var port = FreePort();
            var server = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder()
                .WithDefaultEndpoint()
                .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
                .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
                .WithDefaultEndpointPort(port)
                .Build());
            try
            {
                await server.StartAsync();
                return new(server, port);
            }
            catch (SocketException) when (attempt < Attempts)
            {
                server.Dispose();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new MqttServerStopOptions());
        _server.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
