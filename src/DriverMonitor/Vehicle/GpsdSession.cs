using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace DriverMonitor.Vehicle;

/// <summary>One connection to gpsd: asks it to tell everything and gives its lines.</summary>
internal sealed class GpsdSession : IDisposable
{
    /// <summary>A longer "line" comes from something that is no gpsd; what is kept of it must not grow.</summary>
    private const int LongestLine = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly byte[] Watch = "?WATCH={\"enable\":true,\"json\":true};\n"u8.ToArray();

    private readonly TcpClient _connection = new() { NoDelay = true };

    /// <exception cref="SocketException">Nobody listens there.</exception>
    /// <exception cref="OperationCanceledException">It did not answer in five seconds, or we stop.</exception>
    public async Task OpenAsync(GpsdSettings settings, TimeProvider time, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        await _connection.ConnectAsync(settings.Host!, settings.Port, either.Token);
        await _connection.GetStream().WriteAsync(Watch, either.Token);
    }

    /// <summary>What it says, until it goes, falls silent for <paramref name="silence"/> or talks nonsense without end.</summary>
    public async IAsyncEnumerable<GpsdReport> ReadAsync(
        TimeSpan silence,
        TimeProvider time,
        [EnumeratorCancellation] CancellationToken stop)
    {
        var lines = PipeReader.Create(_connection.GetStream());
        var isOver = false;
        while (!isOver)
        {
            using var patience = new CancellationTokenSource(silence, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
            var read = await lines.ReadAsync(either.Token);
            var rest = read.Buffer;
            while (TryTakeLine(ref rest, out var report))
            {
                if (report is not null) yield return report;
            }

            isOver = read.IsCompleted || rest.Length > LongestLine;
            lines.AdvanceTo(rest.Start, rest.End);
        }

        await lines.CompleteAsync();
    }

    public void Dispose() => _connection.Dispose();

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, out GpsdReport? report)
    {
        report = null;
        if (buffer.PositionOf((byte)'\n') is not { } end) return false;
        var line = buffer.Slice(0, end);
        report = GpsdReport.Read(line.IsSingleSegment ? line.FirstSpan : line.ToArray());
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return true;
    }
}
