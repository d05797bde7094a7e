using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;

namespace DriverMonitor.Tests.Support;

/// <summary>A real mosquitto on a free loopback port, in a folder of its own; may be killed, frozen and started again.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly string _configuration;
    private Process? _process;

    private Mosquitto(DirectoryInfo folder, Func<int, string> configure)
    {
        _folder = folder;
        Address = new("127.0.0.1", Loopback.FreePort());
        _configuration = Path.Combine(_folder.FullName, "test.conf");
        // "user" matters only when the tests run as root: mosquitto would give that up and then not read its files.
        File.WriteAllText(_configuration, $"user root\n{configure(Address.Port)}\n");
    }

    public BrokerAddress Address { get; }

    /// <param name="configure">Lines for the listener, from the broker's own folder.</param>
    public static async Task<Mosquitto> StartAsync(Func<DirectoryInfo, string>? configure = null)
    {
        var folder = Directory.CreateTempSubdirectory("drivermonitor-mosquitto-");
        return await StartAsync(folder, port =>
            $"persistence false\nlog_dest none\nlistener {port} 127.0.0.1\n{configure?.Invoke(folder) ?? "allow_anonymous true"}");
    }

    /// <param name="folder">Relative paths start there; it is deleted with the broker.</param>
    /// <param name="configure">The whole configuration, from the port.</param>
    public static async Task<Mosquitto> StartAsync(DirectoryInfo folder, Func<int, string> configure)
    {
        var broker = new Mosquitto(folder, configure);
        await broker.StartAgainAsync();
        return broker;
    }

    /// <summary>Password <c>secret</c> for each user, and rules as mosquitto writes them.</summary>
    public static Task<Mosquitto> StartWithUsersAsync(string[] users, string rules) => StartAsync(folder =>
    {
        var (passwords, access) = (Path.Combine(folder.FullName, "passwords"), Path.Combine(folder.FullName, "access"));
        File.WriteAllText(passwords, "");
        foreach (var user in users) Run("mosquitto_passwd", "-b", passwords, user, "secret");
        File.WriteAllText(access, rules);
        return $"allow_anonymous false\npassword_file {passwords}\nacl_file {access}";
    });

    public async Task StartAgainAsync()
    {
        _process = LaunchIn(_folder.FullName, "mosquitto", "-c", _configuration);
        await Eventually.Sees($"mosquitto listening on {Address}", Listens);
    }

    /// <summary>As a power cut would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>The process stands still, its connections stay open.</summary>
    public void Freeze() => Run("kill", "-STOP", $"{_process!.Id}");

    /// <summary>Reads its access list and its list of revoked certificates again.</summary>
    public void Reload() => Run("kill", "-HUP", $"{_process!.Id}");

    public void Thaw() => Run("kill", "-CONT", $"{_process!.Id}");

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) await KillAsync();
        _process?.Dispose();
        if (_folder.Exists) _folder.Delete(recursive: true);
    }

    public static Process Launch(string program, params string[] arguments) =>
        LaunchIn(Environment.CurrentDirectory, program, arguments);

    private static Process LaunchIn(string folder, string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(Locate(program), arguments)
            {
                WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException(
                $"{program} is not installed; these tests need real peers: apt-get install -y mosquitto mosquitto-clients gpsd gpsd-clients", e);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Launch(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} failed: {process.StandardError.ReadToEnd()}");
    }

    /// <summary>Debian puts the broker where only root looks by default.</summary>
    private static string Locate(string program) => File.Exists($"/usr/sbin/{program}") ? $"/usr/sbin/{program}" : program;

    private bool Listens()
    {
        if (_process!.HasExited)
            throw new InvalidOperationException($"mosquitto gave up: {_process.StandardError.ReadToEnd()}");
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(IPAddress.Loopback, Address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
