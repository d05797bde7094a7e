using System.Diagnostics;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>A real mosquitto on a free loopback port, open to everybody.</summary>
internal sealed class Mosquitto : IDisposable
{
    private readonly Process _process;

    private Mosquitto(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <param name="more">More lines of its configuration.</param>
    public static async Task<Mosquitto> StartAsync(TemporaryFolder folder, string more = "max_queued_messages 100000")
    {
        var port = Loopback.FreePort();
        var file = folder.PathOf($"mosquitto-{port}.conf");
        await File.WriteAllTextAsync(
            file, $"user root\nlistener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nlog_dest none\n{more}\n");
        var program = File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto";
        var broker = new Mosquitto(Process.Start(new ProcessStartInfo(program, ["-c", file]))!, port);
        await Eventually.Sees("mosquitto", () => Listening.On(port));
        return broker;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
