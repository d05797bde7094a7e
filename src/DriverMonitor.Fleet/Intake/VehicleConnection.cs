using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace DriverMonitor.Fleet.Intake;

/// <summary>
/// One connection at the broker inside. The broker would wait for a message's commit before it reads the vehicle's next one;
/// here several of a vehicle are stored together, and answered together in the order in which they came.
/// </summary>
internal sealed class VehicleConnection : IMqttChannelAdapter
{
    /// <summary>
    /// Messages of one vehicle that may be unanswered: more than its own program sends at once (20), and so few that none crowds
    /// the others out.
    /// </summary>
    public const int MostUnderWay = 32;

    private const int LongestAnswer = 5;
    private const int WriterBuffer = 512;

    /// <summary>The broker ends a silent connection, and does not see what was taken before it.</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(1);

    /// <summary>An answer to nothing: the broker notes that something came, and does nothing.</summary>
    private static readonly MqttPubAckPacket Alive = new();

    private readonly VehicleChannel _channel;
    private readonly MqttChannelAdapter _packets;
    private readonly TakeMessage _take;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _room = new(MostUnderWay, MostUnderWay);

    private readonly Channel<(ushort Number, DeliveryResult Result)> _answers = // at most MostUnderWay wait
        Channel.CreateUnbounded<(ushort, DeliveryResult)>(new UnboundedChannelOptions { SingleReader = true });

    private long _shown;

    public VehicleConnection(VehicleChannel channel, TakeMessage take, TimeProvider time)
    {
        (_channel, _take, _time) = (channel, take, time);
        _packets = new(
            channel, new MqttPacketFormatterAdapter(new MqttBufferWriter(WriterBuffer, WriterBuffer)), MqttNetNullLogger.Instance)
        { AllowPacketFragmentation = false };
    }

    /// <summary>Who it is; null until the broker was told.</summary>
    public BrokerUser? User { get; set; }

    public X509Certificate2? ClientCertificate => _packets.ClientCertificate;

    public EndPoint? LocalEndPoint => _packets.LocalEndPoint;

    public EndPoint? RemoteEndPoint => _packets.RemoteEndPoint;

    public bool IsSecureConnection => _packets.IsSecureConnection;

    public long BytesReceived => _packets.BytesReceived;

    public long BytesSent => _packets.BytesSent;

    public MqttPacketFormatterAdapter PacketFormatterAdapter => _packets.PacketFormatterAdapter;

    public Task ConnectAsync(CancellationToken cancellationToken) => _packets.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => _packets.DisconnectAsync(cancellationToken);

    public Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken) =>
        _packets.SendPacketAsync(packet, cancellationToken);

    /// <summary>The next packet that is the broker's business.</summary>
    public async Task<MqttPacket?> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var packet = await _packets.ReceivePacketAsync(cancellationToken);
            if (packet is not MqttPublishPacket publish) return packet;
            if (!await _take(this, publish, cancellationToken))
            {
                await SettleAsync(cancellationToken);
                return packet;
            }

            if (_time.GetElapsedTime(_shown) < SignOfLife) continue;
            _shown = _time.GetTimestamp();
            return Alive;
        }
    }

    /// <summary>Waits until one more message of this vehicle may be under way.</summary>
    public Task WaitForRoomAsync(CancellationToken stop) => _room.WaitAsync(stop);

    /// <summary>Says how it ended with the message of this packet number.</summary>
    public void Answer(ushort number, DeliveryResult result) => _answers.Writer.TryWrite((number, result));

    /// <summary>Writes what was answered meanwhile in one piece, until <paramref name="stop"/> or the connection's end.</summary>
    public async Task SendAnswersAsync(CancellationToken stop)
    {
        var bytes = new byte[MostUnderWay * LongestAnswer];
        while (await _answers.Reader.WaitToReadAsync(stop))
        {
            var (count, length) = (0, 0);
            for (; count < MostUnderWay && _answers.Reader.TryRead(out var answer); count++)
                length += Write(answer.Number, answer.Result, bytes.AsSpan(length));
            await _channel.WriteAsync(new ReadOnlySequence<byte>(bytes, 0, length), true, stop);
            _room.Release(count);
        }
    }

    public void ResetStatistics() => _packets.ResetStatistics();

    public void Dispose() => _packets.Dispose();

    /// <summary>What the broker answers by itself must not overtake an answer that waits for a commit.</summary>
    private async Task SettleAsync(CancellationToken stop)
    {
        for (var i = 0; i < MostUnderWay; i++) await _room.WaitAsync(stop);
        _room.Release(MostUnderWay);
    }

    private int Write(ushort number, DeliveryResult result, Span<byte> to)
    {
        const byte Puback = 0x40, NumberOnly = 2, NumberAndReason = 3;
        var isStored = result == DeliveryResult.Stored;
        // 3.1.1 has no word for "not now": the vehicle comes again and sends again what was not answered.
        if (!isStored && PacketFormatterAdapter.ProtocolVersion < MqttProtocolVersion.V500)
            throw new IOException("a message that could not be stored");
        to[0] = Puback;
        to[1] = isStored ? NumberOnly : NumberAndReason;
        BinaryPrimitives.WriteUInt16BigEndian(to[2..], number);
        if (isStored) return LongestAnswer - 1;
        to[LongestAnswer - 1] = (byte)MqttPubAckReasonCode.QuotaExceeded;
        return LongestAnswer;
    }
}

/// <summary>Takes a message to be stored; the connection is answered when it is.</summary>
/// <returns>False if it is the broker's business.</returns>
internal delegate ValueTask<bool> TakeMessage(VehicleConnection connection, MqttPublishPacket packet, CancellationToken stop);
