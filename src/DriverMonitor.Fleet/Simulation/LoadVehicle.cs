using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace DriverMonitor.Fleet.Simulation;

/// <summary>
/// A vehicle of a bench: one connection in MQTT 5, packets made before, so that nearly all of the processor is left to who
/// receives. So many of its messages may be unanswered, as of the vehicle's own program.
/// </summary>
internal sealed class LoadVehicle(string name, string password, IReadOnlyList<(string Topic, byte[] Body)> messages) : IDisposable
{
    private const int Window = 20;
    private const byte Connect = 0x10, Connack = 2, Publish = 0x32, Puback = 4;
    private readonly byte[] _packets = [.. messages.SelectMany((one, i) => PublishPacket(one.Topic, one.Body, i + 1))];
    private readonly byte[] _answers = new byte[4096];
    private readonly TcpClient _socket = new() { NoDelay = true };
    private int _have;

    /// <summary>Answered with anything but success.</summary>
    public int Refused { get; private set; }

    public async Task ConnectAsync(int port, CancellationToken stop)
    {
        await _socket.ConnectAsync("127.0.0.1", port, stop);
        await _socket.GetStream().WriteAsync(ConnectPacket(), stop);
        while (true)
        {
            await FillAsync(stop);
            if (Take() is not { } answer) continue;
            if (answer.Type != Connack || answer.Code != 0) throw new IOException($"{name}: the broker refuses, 0x{answer.Code:x2}");
            return;
        }
    }

    /// <summary>Returns when every message was answered.</summary>
    public async Task SendAsync(CancellationToken stop)
    {
        var (sent, answered, at) = (0, 0, 0);
        while (answered < messages.Count)
        {
            var from = at;
            for (; sent < messages.Count && sent - answered < Window; sent++) at += LengthAt(at);
            if (at > from) await _socket.GetStream().WriteAsync(_packets.AsMemory(from, at - from), stop);
            await FillAsync(stop);
            while (Take() is { } answer)
            {
                if (answer.Type != Puback) continue;
                answered++;
                if (answer.Code >= 0x80) Refused++;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task FillAsync(CancellationToken stop)
    {
        var read = await _socket.GetStream().ReadAsync(_answers.AsMemory(_have), stop);
        if (read == 0) throw new IOException($"{name}: the broker closed the connection");
        _have += read;
    }

    /// <summary>The next whole packet; null if there is none. A broker sends vehicles of a bench short ones only.</summary>
    private (int Type, byte Code)? Take()
    {
        if (_have < 2 || _have < 2 + _answers[1]) return null;
        var length = 2 + _answers[1];
        var type = _answers[0] >> 4;
        // A PUBACK of two bytes means success.
        var code = type == Connack ? _answers[3] : length > 4 ? _answers[4] : (byte)0;
        _answers.AsSpan(length, _have - length).CopyTo(_answers);
        _have -= length;
        return (type, code);
    }

    private int LengthAt(int at)
    {
        var (length, shift, digit) = (0, 0, 1);
        byte one;
        do
        {
            one = _packets[at + digit++];
            length |= (one & 0x7f) << shift;
            shift += 7;
        }
        while (one >= 0x80);
        return digit + length;
    }

    private byte[] ConnectPacket()
    {
        const byte Version = 5, CleanStart = 0x02, UserAndPassword = 0xc0;
        var flags = (byte)(CleanStart | (password.Length > 0 ? UserAndPassword : 0));
        byte[] user = password.Length > 0 ? [.. Text(name), .. Text(password)] : [];
        return Packet(Connect, [.. Text("MQTT"), Version, flags, 0, 0, 0, .. Text(name), .. user]);
    }

    private static byte[] PublishPacket(string topic, byte[] body, int number) =>
        Packet(Publish, [.. Text(topic), (byte)(number >> 8), (byte)number, 0, .. body]);

    private static byte[] Packet(byte type, byte[] content)
    {
        List<byte> header = [type];
        for (var left = content.Length; ; )
        {
            var digit = (byte)(left & 0x7f);
            left >>= 7;
            header.Add(left > 0 ? (byte)(digit | 0x80) : digit);
            if (left == 0) break;
        }

        return [.. header, .. content];
    }

    private static byte[] Text(string text)
    {
        var bytes = new byte[2 + Encoding.UTF8.GetByteCount(text)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(bytes.Length - 2));
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(2));
        return bytes;
    }
}
