using System.Net.Sockets;
using System.Text;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>A request whose path goes out as it is written: every ordinary client tidies it up before.</summary>
internal static class RawRequest
{
    /// <returns>The whole answer, its head included.</returns>
    public static async Task<string> SendAsync(Uri address, string path)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, patience.Token);
        var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n\r\n"), patience.Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(patience.Token);
    }
}
