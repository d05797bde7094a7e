using System.Net.Sockets;
using System.Text;

namespace DriverMonitor.Tests.Support;

/// <summary>systemd's ear: the socket that a service of Type=notify speaks to.</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly List<string> _heard = [];

    public NotifySocket(string folder)
    {
        Address = Path.Combine(folder, "notify");
        _socket.Bind(new UnixDomainSocketEndPoint(Address));
        new Thread(Listen) { IsBackground = true }.Start();
    }

    public string Address { get; }

    public IReadOnlyList<string> Heard
    {
        get
        {
            lock (_heard) return [.. _heard];
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Listen()
    {
        var buffer = new byte[4096];
        try
        {
            while (_socket.Receive(buffer) is > 0 and var count)
            {
                lock (_heard) _heard.Add(Encoding.UTF8.GetString(buffer, 0, count));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }
}
