using System.Net;
using System.Net.Sockets;

namespace DriverMonitor.Tests.Support;

/// <summary>
/// A network between two programs on loopback that can be cut like a cable (no goodbye, no new connections), be slow, or
/// swallow everything while its connections stay open, as a mobile network does that has forgotten somebody.
/// </summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly int _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<Socket> _open = [];
    private TcpListener? _listener;
    private readonly HashSet<Socket> _forgotten = [];
    private Task _accepting = Task.CompletedTask;

    public TcpRelay(int target)
    {
        _target = target;
        Port = Loopback.FreePort();
    }

    public int Port { get; }

    /// <summary>In each direction; null for as fast as it can.</summary>
    public int? BytesPerSecond { get; init; }

    /// <summary>Nothing that is sent from now on over the open connections arrives; new ones work.</summary>
    public void ForgetConnections()
    {
        lock (_gate) _forgotten.UnionWith(_open);
    }

    public void Open()
    {
        _listener = new(IPAddress.Loopback, Port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    public async Task CutAsync()
    {
        _listener?.Stop();
        _listener = null;
        lock (_gate)
        {
            foreach (var socket in _open) socket.Close(timeout: 0);
            _open.Clear();
        }

        await _accepting;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await CutAsync();
        _stop.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        var pumps = new List<Task>();
        try
        {
            while (true)
            {
                var near = await listener.AcceptSocketAsync(_stop.Token);
                var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await far.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
                lock (_gate) _open.AddRange([near, far]);
                pumps.Add(PumpAsync(near, far));
                pumps.Add(PumpAsync(far, near));
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            await Task.WhenAll(pumps);
        }
    }

    private bool IsForgotten(Socket socket)
    {
        lock (_gate) return _forgotten.Contains(socket);
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[4096];
        try
        {
            while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var count)
            {
                if (IsForgotten(from)) continue;
                if (BytesPerSecond is { } rate) await Task.Delay(TimeSpan.FromSeconds((double)count / rate), _stop.Token);
                await to.SendAsync(buffer.AsMemory(0, count), _stop.Token);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut: that is what this relay is for.
        }

        from.Close();
        to.Close();
    }
}
