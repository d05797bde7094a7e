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
    private readonly int _namesPort = Loopback.FreePort();
    private readonly List<Process> _servers = [];

    internal BrokerAddress RabbitMq { get; } = new("127.0.0.1", Loopback.FreePort());

    internal BrokerAddress Nats { get; } = new("127.0.0.1", Loopback.FreePort());

    public async Task InitializeAsync()
    {
        StartRabbitMq();
        StartNats();
        await Eventually.Sees("NATS listening", () => Listens(Nats), withinSeconds: 120);
        await Eventually.Sees("RabbitMQ listening", () => Listens(RabbitMq), withinSeconds: 180);
    }

    public async Task DisposeAsync()
    {
        foreach (var server in _servers)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
        }

        // Erlang's own name server outlives the node that started it.
        using var names = Start("/usr/bin/epmd", [("ERL_EPMD_RELAXED_COMMAND_CHECK", "1")], "-port", $"{_namesPort}", "-kill");
        await names.WaitForExitAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void StartRabbitMq()
    {
        var plugins = Write("enabled_plugins", "[rabbitmq_mqtt].");
        var settings = Write("rabbitmq.conf",
            $"listeners.tcp = none\nmqtt.listeners.tcp.1 = 127.0.0.1:{RabbitMq.Port}\nmqtt.allow_anonymous = true\n");
        // The package's own command changes to the system's user and folders; this is what it runs.
        _servers.Add(
            Start(
                "/usr/lib/rabbitmq/bin/rabbitmq-server",
                [
                    ("HOME", _folder),
                    ("RABBITMQ_NODENAME", $"test{RabbitMq.Port}@localhost"),
                    ("RABBITMQ_MNESIA_BASE", Path.Combine(_folder, "mnesia")),
                    ("RABBITMQ_LOG_BASE", Path.Combine(_folder, "log")),
                    ("RABBITMQ_ENABLED_PLUGINS_FILE", plugins),
                    ("RABBITMQ_CONFIG_FILE", settings),
                    ("RABBITMQ_DIST_PORT", $"{Loopback.FreePort()}"),
                    ("ERL_EPMD_PORT", $"{_namesPort}"),
                    ("ERL_EPMD_ADDRESS", "127.0.0.1"),
                ]));
    }

    private void StartNats()
    {
        var settings = Write("nats.conf", $$"""
            listen: "127.0.0.1:{{Loopback.FreePort()}}"
            server_name: "test"
            jetstream { store_dir: "{{_folder}}/jetstream" }
            mqtt { listen: "127.0.0.1:{{Nats.Port}}" }
            """);
        _servers.Add(Start("/usr/sbin/nats-server", [], "-c", settings));
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    private static Process Start(string program, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = Process.Start(start)!;
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
