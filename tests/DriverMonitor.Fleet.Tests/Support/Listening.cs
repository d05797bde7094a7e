using System.Net.Sockets;

namespace DriverMonitor.Fleet.Tests.Support;

internal static class Listening
{
    /// <summary>Whether somebody listens on a port of loopback.</summary>
    public static bool On(int port)
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
}
