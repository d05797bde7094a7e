using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
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

    /// <summary>
    /// Gives on what a bus's reader wants and nothing else, in the kernel as SocketCAN's filter does; the words are as that takes
    /// them.
    /// </summary>
    public void Filter(ReadOnlySpan<uint> words)
    {
        // linux/filter.h: load the identifier behind the UDP header, mask it, and accept the frame where it is equal.
        const uint load = 0x20, and = 0x54, skipUnlessEqual = 0x15 | 1 << 24, give = 0x06;
        var program = new List<(uint Code, uint Value)>();
        for (var i = 0; i < words.Length; i += 2)
        {
            program.AddRange(
            [
                (load, 8), (and, BinaryPrimitives.ReverseEndianness(words[i + 1])),
                (skipUnlessEqual, BinaryPrimitives.ReverseEndianness(words[i])), (give, uint.MaxValue),
            ]);
        }

        program.Add((give, 0));
        var code = program.ToArray();
        var pinned = GCHandle.Alloc(code, GCHandleType.Pinned);
        try
        {
            const int socketLevel = 1, attachFilter = 26;
            Span<byte> option = stackalloc byte[16];
            option.Clear();
            BinaryPrimitives.WriteUInt16LittleEndian(option, (ushort)code.Length);
            BinaryPrimitives.WriteInt64LittleEndian(option[8..], pinned.AddrOfPinnedObject());
            _reads.SetRawSocketOption(socketLevel, attachFilter, option);
        }
        finally
        {
            pinned.Free();
        }
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
