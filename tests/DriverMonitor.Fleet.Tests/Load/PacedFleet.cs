using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using DriverMonitor.Core.Events;
using DriverMonitor.Fleet.Simulation;

namespace DriverMonitor.Fleet.Tests.Load;

/// <summary>
/// Vehicles that together send so many alerts a second, each stamped at the moment of sending: a connection of its own for each, and
/// the vehicle's own writers. Answers are left in the sockets.
/// </summary>
internal sealed class PacedFleet : IDisposable
{
    private const byte Connect = 0x10, Publish = 0x32, Version = 5, CleanStart = 0x02, UserAndPassword = 0xc0;
    private const ulong Epoch = 0x10ad;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(10);

    private readonly List<(TcpClient Socket, VehicleMessages Says)> _vehicles = [];
    private readonly DateTimeOffset _begun = TimeProvider.System.GetUtcNow();
    private readonly List<int> _sent = [];

    /// <summary>Alerts that were sent and that a stream tells: of a single vehicle's stress none does.</summary>
    public long Told { get; private set; }

    public long Sent { get; private set; }

    public static async Task<PacedFleet> ConnectAsync(int port, string password, int count, CancellationToken stop)
    {
        var fleet = new PacedFleet();
        for (var i = 1; i <= count; i++)
        {
            var name = SimulatedFleet.NameOf(i);
            var socket = new TcpClient { NoDelay = true };
            await socket.ConnectAsync("127.0.0.1", port, stop);
            await socket.GetStream().WriteAsync(ConnectPacket(name, password), stop);
            await socket.GetStream().ReadExactlyAsync(new byte[4], stop);
            fleet._vehicles.Add((socket, new("demo", name, Epoch, 1, fleet._begun)));
            fleet._sent.Add(0);
        }

        foreach (var (socket, says) in fleet._vehicles)
        {
            await SendAsync(socket, says.Online(), 1, stop);
            await SendAsync(socket, says.State(1, alert: 0), 2, stop);
        }

        return fleet;
    }

    /// <summary>Vehicles take turns; a turn that came late is made up for.</summary>
    public async Task SendAsync(int aSecond, TimeSpan length, CancellationToken stop)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Turn);
        var done = 0L;
        while (await timer.WaitForNextTickAsync(stop))
        {
            var passed = TimeProvider.System.GetElapsedTime(begun);
            if (passed >= length) return;
            for (; done < passed.TotalSeconds * aSecond; done++) await SendOneAsync((int)(done % _vehicles.Count), stop);
        }
    }

    public void Dispose()
    {
        foreach (var (socket, _) in _vehicles) socket.Dispose();
    }

    private async Task SendOneAsync(int index, CancellationToken stop)
    {
        var (socket, says) = _vehicles[index];
        var seq = ++_sent[index];
        // Raised and cleared in turns; not every vehicle begins with the same rule.
        var episode = ((seq + 1) / 2) + index;
        var message = says.Alert(
            seq, TimeProvider.System.GetUtcNow() - _begun, seq % 2 == 1 ? AlertPhase.Raised : AlertPhase.Cleared, episode);
        await SendAsync(socket, message, seq + 2, stop);
        Sent++;
        if (!message.Topic.EndsWith("stress", StringComparison.Ordinal)) Told++;
    }

    private static ValueTask SendAsync(TcpClient socket, (string Topic, byte[] Body) message, int number, CancellationToken stop) =>
        socket.GetStream().WriteAsync(
            Packet(Publish, [.. Text(message.Topic), (byte)(number >> 8), (byte)number, 0, .. message.Body]), stop);

    private static byte[] ConnectPacket(string name, string password) => Packet(
        Connect, [.. Text("MQTT"), Version, CleanStart | UserAndPassword, 0, 0, 0, .. Text(name), .. Text(name), .. Text(password)]);

    private static byte[] Packet(byte type, byte[] content)
    {
        List<byte> header = [type];
        var left = content.Length;
        for (; left >= 0x80; left >>= 7) header.Add((byte)((left & 0x7f) | 0x80));
        return [.. header, (byte)left, .. content];
    }

    private static byte[] Text(string text)
    {
        var bytes = new byte[2 + Encoding.UTF8.GetByteCount(text)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(bytes.Length - 2));
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(2));
        return bytes;
    }
}
