using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace DriverMonitor.Tests.Support;

/// <summary>
/// Debian's RabbitMQ: nodes of one cluster, each with MQTT 3.1.1 and AMQP on ports of its own, in a temporary folder. Nodes start
/// one after another: all at once they wait for each other.
/// </summary>
internal sealed class RabbitNodes : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3), Between = TimeSpan.FromMilliseconds(100);
    private readonly string _folder = Directory.CreateTempSubdirectory("drivermonitor-rabbit-").FullName;
    private readonly int _namesPort = Loopback.FreePort();
    private readonly List<Node> _nodes = [];
    private readonly RabbitTls? _tls;

    private RabbitNodes(int count, RabbitTls? tls)
    {
        _tls = tls;
        for (var i = 0; i < count; i++) _nodes.Add(new(Loopback.FreePort(), Loopback.FreePort(), Loopback.FreePort()));
    }

    public IReadOnlyList<int> MqttPorts => [.. _nodes.Select(node => node.Mqtt)];

    /// <summary>Addresses with the package's own user, with commas.</summary>
    public string Amqp => string.Join(',', _nodes.Select(
        node => _tls is null ? $"amqp://guest:guest@127.0.0.1:{node.Amqp}" : $"amqps://guest:guest@localhost:{node.Amqp}"));

    /// <param name="tls">AMQP by TLS only, and with a certificate on both sides.</param>
    public static async Task<RabbitNodes> StartAsync(int count = 1, RabbitTls? tls = null)
    {
        var nodes = new RabbitNodes(count, tls);
        for (var i = 0; i < count; i++) await nodes.StartNodeAsync(i);
        return nodes;
    }

    /// <summary>SIGKILL, as a power cut would.</summary>
    public async Task KillNodeAsync(int number)
    {
        if (_nodes[number].Process is not { } process) return;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        _nodes[number].Process = null;
    }

    /// <summary>With what it has on its disk. Returns when it takes connections.</summary>
    public async Task StartNodeAsync(int number)
    {
        var node = _nodes[number];
        node.Process = Start(
            // The package's own command changes to the system's user and folders; this is what it runs.
            "/usr/lib/rabbitmq/bin/rabbitmq-server",
            [
                ("HOME", _folder),
                ("RABBITMQ_NODENAME", NameOf(node)),
                ("RABBITMQ_MNESIA_BASE", Path.Combine(_folder, "mnesia")),
                ("RABBITMQ_LOG_BASE", Path.Combine(_folder, "log")),
                ("RABBITMQ_ENABLED_PLUGINS_FILE", Write("enabled_plugins", "[rabbitmq_mqtt].")),
                ("RABBITMQ_CONFIG_FILE", Write($"{node.Mqtt}.conf", Settings(node))),
                ("RABBITMQ_DIST_PORT", $"{node.Distribution}"),
                ("ERL_EPMD_PORT", $"{_namesPort}"),
                ("ERL_EPMD_ADDRESS", "127.0.0.1"),
            ]);
        using var patience = new CancellationTokenSource(Longest);
        while (!Listens(node.Mqtt) || !Listens(node.Amqp)) await Task.Delay(Between, patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < _nodes.Count; i++) await KillNodeAsync(i);
        // Erlang's own name server outlives the node that started it.
        using var names = Start("/usr/bin/epmd", [("ERL_EPMD_RELAXED_COMMAND_CHECK", "1")], "-port", $"{_namesPort}", "-kill");
        await names.WaitForExitAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string NameOf(Node node) => string.Create(CultureInfo.InvariantCulture, $"test{node.Mqtt}@localhost");

    private string Settings(Node node)
    {
        var amqp = _tls is null ? $"listeners.tcp.1 = 127.0.0.1:{node.Amqp}" : $"""
            listeners.tcp = none
            listeners.ssl.1 = 127.0.0.1:{node.Amqp}
            ssl_options.cacertfile = {_tls.Authority}
            ssl_options.certfile = {_tls.Certificate}
            ssl_options.keyfile = {_tls.Key}
            ssl_options.verify = verify_peer
            ssl_options.fail_if_no_peer_cert = true
            """;
        var lines = $"""
            {amqp}
            mqtt.listeners.tcp.1 = 127.0.0.1:{node.Mqtt}
            mqtt.allow_anonymous = true

            """;
        if (_nodes.Count == 1) return lines;
        // A minority would accept what the others never get.
        lines += "cluster_partition_handling = pause_minority\ncluster_formation.peer_discovery_backend = classic_config\n";
        return lines + string.Concat(
            _nodes.Select((one, i) => $"cluster_formation.classic_config.nodes.{i + 1} = {NameOf(one)}\n"));
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

    private static bool Listens(int port)
    {
        try
        {
            using var socket = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private sealed class Node(int mqtt, int amqp, int distribution)
    {
        public int Mqtt => mqtt;

        public int Amqp => amqp;

        public int Distribution => distribution;

        public Process? Process { get; set; }
    }
}

/// <summary>PEM files of a server.</summary>
internal sealed record RabbitTls(string Authority, string Certificate, string Key);
