using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using DriverMonitor.Core.Can;
using DriverMonitor.Vehicle.Can;

namespace DriverMonitor.Tests.Support;

/// <summary>
/// A bus whose frames go through the kernel as SocketCAN's do, sixteen bytes each, over a pair of sockets in place of an
/// interface: no right to make one is needed.
/// </summary>
internal sealed class SocketPairBus : ICanBus
{
    private const int FrameBytes = 16;

    private readonly Socket _reads = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket _writes = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly byte[] _frame = new byte[FrameBytes];

    public SocketPairBus()
    {
        _reads.ReceiveBufferSize = 1 << 20;
        _reads.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _writes.Connect(_reads.LocalEndPoint!);
    }

    public TimeSpan? LoggedAt => null;

    /// <summary>What another device on the bus says.</summary>
    public void Say(uint id, ReadOnlySpan<byte> data)
    {
        Span<byte> frame = stackalloc byte[FrameBytes];
        frame.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(frame, id);
        frame[4] = (byte)data.Length;
        data.CopyTo(frame[8..]);
        _writes.Send(frame);
    }

    public bool TryRead(out CanFrame frame)
    {
        try
        {
            if (_reads.Receive(_frame) == FrameBytes)
            {
                var id = new CanFrameId(BinaryPrimitives.ReadUInt32LittleEndian(_frame), IsExtended: false);
                frame = CanFrame.Of(id, _frame.AsSpan(8, Math.Min((int)_frame[4], CanFrame.MostBytes)));
                return true;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new IOException("Network is down", e);
        }

        frame = default;
        return false;
    }

    public void Write(in CanFrame frame) => throw new NotSupportedException();

    public void Dispose()
    {
        _reads.Dispose();
        _writes.Dispose();
    }
}
