using System.Net;
using System.Net.Sockets;

namespace DriverMonitor.Tests.Support;

internal static class Loopback
{
    /// <summary>A port nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
