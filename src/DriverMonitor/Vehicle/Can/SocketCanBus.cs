using System.Net.Sockets;
using DriverMonitor.Core.Can;
using Iot.Device.SocketCan;

namespace DriverMonitor.Vehicle.Can;

/// <summary>
/// A bus of the kernel's (SocketCAN). A read waits without end on a silent bus, and ends with an error when the bus is switched
/// off or unplugged.
/// </summary>
internal sealed class SocketCanBus : ICanBus
{
    private readonly CanRaw _socket;

    /// <param name="wanted">The frames that are read; null for all.</param>
    /// <exception cref="IOException">There is no such bus.</exception>
    public SocketCanBus(string name, IReadOnlyList<CanIdRange>? wanted = null)
    {
        try
        {
            _socket = new(name);
        }
        catch (ArgumentException e)
        {
            throw new IOException($"{name} is no name of a CAN interface", e);
        }

        if (wanted is not null) CanFilter.TrySet(_socket, wanted);
    }

    public TimeSpan? LoggedAt => null;

    public bool TryRead(out CanFrame frame)
    {
        Span<byte> bytes = stackalloc byte[CanFrame.MostBytes];
        try
        {
            while (true)
            {
                // What holds no data (error and remote frames) is passed over.
                var isFrame = _socket.TryReadFrame(bytes, out var length, out CanId id);
                if (!isFrame || id.Error || id.RemoteTransmissionRequest) continue;
                frame = CanFrame.Of(new(id.Value, id.ExtendedFrameFormat), bytes[..length]);
                return true;
            }
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    public void Write(in CanFrame frame)
    {
        Span<byte> bytes = stackalloc byte[frame.Length];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = frame[i];
        var id = default(CanId);
        if (frame.Id.IsExtended) id.Extended = frame.Id.Value;
        else id.Standard = frame.Id.Value;
        try
        {
            _socket.WriteFrame(bytes, id);
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    public void Dispose() => _socket.Dispose();
}
