using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DriverMonitor.Tests.Support;

/// <summary>
/// A real gpsd on a free loopback port, whose receiver is gpsfake: it drives the same short drive again and again.
/// </summary>
internal sealed class Gpsd : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drivermonitor-gpsd-");
    private Process? _process;
    private TcpClient? _listener;

    public int Port { get; } = Loopback.FreePort();

    /// <inheritdoc cref="StartAgainAsync"/>
    public static async Task<Gpsd> StartAsync(double secondsApart = 0.05)
    {
        var gpsd = new Gpsd();
        await gpsd.StartAgainAsync(secondsApart);
        return gpsd;
    }

    /// <param name="secondsApart">Between two sentences, of which a second of the drive has three.</param>
    /// <remarks>
    /// gpsd lets go of a receiver to which nobody listens, and gpsfake may never find back to it: one client stays for as long as gpsd
    /// does. Where nothing is fed from the start both are begun again.
    /// </remarks>
    public async Task StartAgainAsync(double secondsApart = 0.05)
    {
        var log = Path.Combine(_folder.FullName, "drive.nmea");
        await File.WriteAllTextAsync(log, NmeaDrive.Text());
        for (var attempt = 1; ; attempt++)
        {
            _process = Mosquitto.Launch(
                "gpsfake", "-q", "-P", $"{Port}", "-c", secondsApart.ToString(CultureInfo.InvariantCulture), log);
            await Eventually.Sees($"gpsd listening on {Port}", Listens, withinSeconds: 60);
            if (await IsFedAsync()) return;
            await KillAsync();
            if (attempt == 3) throw new InvalidOperationException("gpsfake never fed its receiver.");
        }
    }

    /// <summary>As a power cut would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _listener?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) await KillAsync();
        _process?.Dispose();
        _listener?.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<bool> IsFedAsync()
    {
        _listener = new();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            await _listener.ConnectAsync(IPAddress.Loopback, Port, patience.Token);
            await _listener.GetStream().WriteAsync("?WATCH={\"enable\":true,\"json\":true};\n"u8.ToArray(), patience.Token);
            var reader = new StreamReader(_listener.GetStream());
            while (await reader.ReadLineAsync(patience.Token) is { } line)
            {
                if (!line.Contains("\"class\":\"TPV\"", StringComparison.Ordinal)) continue;
                _ = DrainAsync(reader);
                return true;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
            // Asked again by the caller, with a receiver of its own.
        }

        return false;
    }

    /// <summary>A client that reads nothing would be thrown out.</summary>
    private static async Task DrainAsync(StreamReader reader)
    {
        try
        {
            while (await reader.ReadLineAsync() is not null)
            {
                // until gpsd or this client ends
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // ended
        }
    }

    private bool Listens()
    {
        if (_process!.HasExited) throw new InvalidOperationException($"gpsfake gave up: {_process.StandardError.ReadToEnd()}");
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
