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

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly int _target;
    private int _refused;

    public OldBroker(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Clients sent away for their version.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var served = new List<Task>();
        try
        {
            while (true) served.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(TcpClient near)
    {
        using var far = new TcpClient();
        using (near)
        {
            try
            {
                var connect = new byte[4096];
                var count = await near.GetStream().ReadAtLeastAsync(connect, 10, throwOnEndOfStream: false, _stop.Token);
                // The level follows "MQTT", which follows the remaining length of one byte or two.
                var level = connect.AsSpan(0, count).IndexOf("MQTT"u8) + 4;
                if (connect[level] != 4)
                {
                    Interlocked.Increment(ref _refused);
                    await near.GetStream().WriteAsync(WrongVersion, _stop.Token);
                    return;
                }

                await far.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
                await far.GetStream().WriteAsync(connect.AsMemory(0, count), _stop.Token);
                await Task.WhenAny(
                    near.GetStream().CopyToAsync(far.GetStream(), _stop.Token),
                    far.GetStream().CopyToAsync(near.GetStream(), _stop.Token));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // One side went away.
            }
        }
    }
}
