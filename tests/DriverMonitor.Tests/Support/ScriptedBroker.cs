using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace DriverMonitor.Tests.Support;

/// <summary>
/// A broker of MQTT 5 that does what a test tells it to, in the very bytes: late, in the wrong order, to the wrong number, or not
/// at all. Only what a vehicle sends is understood.
/// </summary>
internal sealed class ScriptedBroker : IAsyncDisposable
{
    private readonly List<Packet> _packets = [];
    private readonly Func<Packet, IEnumerable<byte[]?>> _answers;
    private readonly TcpService _service;

    /// <param name="answers">What is said to each packet; null closes the connection.</param>
    public ScriptedBroker(Func<Packet, IEnumerable<byte[]?>> answers)
    {
        _answers = answers;
        _service = new(ServeAsync);
    }

    public int Port => _service.Port;

    public IReadOnlyList<Packet> Packets
    {
        get
        {
            lock (_packets) return [.. _packets];
        }
    }

    public IEnumerable<Packet> Events =>
        Packets.Where(packet => packet.Type == Packet.Publish && packet.Topic.Contains("/alert/", StringComparison.Ordinal));

    /// <summary>As a good broker answers.</summary>
    public static IEnumerable<byte[]?> Usual(Packet packet) => packet.Type switch
    {
        Packet.Connect => [Connack()],
        Packet.Publish when packet.Id > 0 => [Puback(packet.Id)],
        Packet.Subscribe => [[0x90, 4, (byte)(packet.Id >> 8), (byte)packet.Id, 0, 1]],
        Packet.Ping => [[0xd0, 0]],
        Packet.Disconnect => [null],
        _ => [],
    };

    /// <param name="properties">As MQTT 5 writes them.</param>
    public static byte[] Connack(int code = 0, params byte[] properties) =>
        [0x20, (byte)(3 + properties.Length), 0, (byte)code, (byte)properties.Length, .. properties];

    public static byte[] Puback(int id, int code = 0) => [0x40, 4, (byte)(id >> 8), (byte)id, (byte)code, 0];

    public static byte[] Goodbye(int code) => [0xe0, 2, (byte)code, 0];

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private async Task ServeAsync(TcpClient client, int connection, CancellationToken stop)
    {
        var stream = client.GetStream();
        while (await ReadAsync(stream, connection, stop) is { } packet)
        {
            lock (_packets) _packets.Add(packet);
            foreach (var answer in _answers(packet))
            {
                if (answer is null) return;
                await stream.WriteAsync(answer, stop);
            }
        }
    }

    private static async Task<Packet?> ReadAsync(NetworkStream stream, int connection, CancellationToken stop)
    {
        var head = new byte[1];
        if (await stream.ReadAtLeastAsync(head, 1, throwOnEndOfStream: false, stop) == 0) return null;
        var (length, shift, digit) = (0, 0, new byte[1]);
        do
        {
            await stream.ReadExactlyAsync(digit, stop);
            length |= (digit[0] & 0x7f) << shift;
            shift += 7;
        }
        while (digit[0] > 0x7f);
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, stop);
        return new(connection, head[0] >> 4, head[0] & 15, body);
    }
}

/// <summary>One packet of a vehicle.</summary>
/// <param name="Connection">The first is 1.</param>
internal sealed record Packet(int Connection, int Type, int Flags, byte[] Body)
{
    public const int Connect = 1;
    public const int Publish = 3;
    public const int Subscribe = 8;
    public const int Ping = 12;
    public const int Disconnect = 14;

    public string Topic => Type == Publish ? Encoding.UTF8.GetString(Body, 2, TopicLength) : "";

    /// <summary>0 where it has none.</summary>
    public int Id => Type == Subscribe ? BinaryPrimitives.ReadUInt16BigEndian(Body)
        : Type == Publish && (Flags & 6) > 0 ? BinaryPrimitives.ReadUInt16BigEndian(Body.AsSpan(2 + TopicLength)) : 0;

    /// <summary>Everything from the first byte.</summary>
    public int Size => 1 + (Body.Length < 128 ? 1 : Body.Length < 16_384 ? 2 : 3) + Body.Length;

    public string Text => Encoding.UTF8.GetString(Body);

    private int TopicLength => BinaryPrimitives.ReadUInt16BigEndian(Body);
}
