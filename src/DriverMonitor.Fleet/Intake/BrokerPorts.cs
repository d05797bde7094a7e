using System.Net;
using System.Net.Sockets;

namespace DriverMonitor.Fleet.Intake;

/// <summary>Whether the broker inside can have its ports: said in one line before anything is started.</summary>
internal static class BrokerPorts
{
    /// <exception cref="IOException">Somebody else has one, or this user may not open it.</exception>
    public static void Check(FleetOptions fleet, BrokerOptions broker)
    {
        if (fleet.Intake.Length > 0) return;
        if (broker.LoopbackPort > 0) Try("LoopbackPort", IPAddress.Loopback, broker.LoopbackPort);
        if (broker.TlsPort > 0)
            Try("TlsPort", broker.TlsAddress.Length > 0 ? IPAddress.Parse(broker.TlsAddress) : IPAddress.Any, broker.TlsPort);
    }

    private static void Try(string key, IPAddress address, int port)
    {
        using var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
        }
        catch (SocketException e)
        {
            throw new IOException(
                $"Fleet:Broker:{key}: {new IPEndPoint(address, port)} cannot be opened: {e.Message}. Is a broker or another receiver running there?", e);
        }
    }
}
