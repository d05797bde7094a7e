using System.Net;
using System.Net.Sockets;

namespace DriverMonitor.Tests.Support;

/// <summary>
/// Makes a real broker look like one that only knows MQTT 3.1.1: a CONNECT of another version is answered as such brokers
/// do (their own CONNACK, code 1, and the connection closed), anything else goes through.
/// </summary>
internal sealed class OldBroker : IAsyncDisposable
{
    private static readonly byte[] WrongVersion = [0x20, 2, 0, 1];

    private readonly TcpService _service;
    private readonly int _target;
    private int _refused;

    public OldBroker(int target)
    {
        _target = target;
        _service = new(ServeAsync);
    }

    public int Port => _service.Port;

    /// <summary>Clients sent away for their version.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private async Task ServeAsync(TcpClient near, int connection, CancellationToken stop)
    {
        using var far = new TcpClient();
        var connect = new byte[4096];
        var count = await near.GetStream().ReadAtLeastAsync(connect, 10, throwOnEndOfStream: false, stop);
        // The level follows "MQTT", which follows the remaining length of one byte or two.
        var level = connect.AsSpan(0, count).IndexOf("MQTT"u8) + 4;
        if (connect[level] != 4)
        {
            Interlocked.Increment(ref _refused);
            await near.GetStream().WriteAsync(WrongVersion, stop);
            return;
        }

        await far.ConnectAsync(IPAddress.Loopback, _target, stop);
        await far.GetStream().WriteAsync(connect.AsMemory(0, count), stop);
        await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream(), stop), far.GetStream().CopyToAsync(near.GetStream(), stop));
    }
}
