using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;

namespace DriverMonitor.Fleet.Intake;

/// <summary>
/// The bytes of one connection. The broker reads a packet in four pieces, each a system call; here they come from a buffer that
/// holds several packets. A packet is written as a whole, whoever writes.
/// </summary>
internal sealed class VehicleChannel(Stream stream, EndPoint? local, EndPoint? remote, X509Certificate2? certificate)
    : IMqttChannel
{
    /// <summary>About seven alerts; every connection holds it, also an idle one.</summary>
    private const int BufferSize = 4_096;

    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly SemaphoreSlim _writing = new(1, 1);
    private int _from;
    private int _to;

    public X509Certificate2? ClientCertificate => certificate;

    public EndPoint? LocalEndPoint => local;

    public EndPoint? RemoteEndPoint => remote;

    public bool IsSecureConnection => stream is System.Net.Security.SslStream;

    /// <summary>Connected from the beginning.</summary>
    public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DisconnectAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_from == _to) (_from, _to) = (0, await stream.ReadAsync(_buffer, cancellationToken));
        var taken = Math.Min(count, _to - _from);
        _buffer.AsSpan(_from, taken).CopyTo(buffer.AsSpan(offset));
        _from += taken;
        return taken;
    }

    /// <param name="isEndOfPacket">Always: packets are not given in pieces.</param>
    public async Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            foreach (var part in buffer) await stream.WriteAsync(part, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => stream.Dispose();
}
