using System.Diagnostics;
using System.Net.Sockets;
using DriverMonitor.Mqtt;

namespace DriverMonitor.Tests.Support;

/// <summary>
/// Debian's RabbitMQ and NATS, which speak MQTT 3.1.1 only, each in a folder and on ports of its own. They take seconds to
/// start, so one of each serves all tests of a class, which name their vehicles apart.
/// </summary>
public sealed class OldServers : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drivermonitor-old-servers-").FullName;
    private RabbitNodes? _rabbit;
    private Process? _nats;

    internal BrokerAddress RabbitMq => new("127.0.0.1", _rabbit!.MqttPorts[0]);

    internal BrokerAddress Nats { get; } = new("127.0.0.1", Loopback.FreePort());

    public async Task InitializeAsync()
    {
        _nats = StartNats();
        _rabbit = await RabbitNodes.StartAsync();
        await Eventually.Sees("NATS listening", () => Listens(Nats), withinSeconds: 120);
    }

    public async Task DisposeAsync()
    {
        if (_rabbit is { } rabbit) await rabbit.DisposeAsync();
        if (_nats is { } nats)
        {
            nats.Kill(entireProcessTree: true);
            await nats.WaitForExitAsync();
            nats.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private Process StartNats()
    {
        var settings = Path.Combine(_folder, "nats.conf");
        File.WriteAllText(settings, $$"""
            listen: "127.0.0.1:{{Loopback.FreePort()}}"
            server_name: "test"
            jetstream { store_dir: "{{_folder}}/jetstream" }
            mqtt { listen: "127.0.0.1:{{Nats.Port}}" }
            """);
        var process = Process.Start(
            new ProcessStartInfo("/usr/sbin/nats-server", ["-c", settings])
            { RedirectStandardOutput = true, RedirectStandardError = true })!;
        // A server that nobody listens to stops when the pipe is full.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static bool Listens(BrokerAddress address)
    {
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
