using System.Buffers;
using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Wire;

namespace DriverMonitor.Recording;

/// <summary>
/// Counts and sums up the lines that outcomes would write into an event file. A recording holds the sums of every minute, so
/// that a replay can tell whether it said the same.
/// </summary>
internal sealed class EventDigest : IDisposable
{
    private readonly ArrayBufferWriter<byte> _written = new(4096);
    private readonly EventLines _lines;
    private uint _checksum;
    private int _count;

    public EventDigest(WireOrigin origin) => _lines = new EventLines(_written, origin);

    /// <summary>What was said since the last <see cref="Begin"/>.</summary>
    public EventCheck Said => new(_count, _checksum);

    public void Begin() => (_count, _checksum) = (0, 0);

    public void Add(in Outcome outcome)
    {
        if (outcome.Events.IsDefaultOrEmpty && outcome.Scores is null) return;
        foreach (var happened in outcome.Events) _lines.Write(happened);
        if (outcome.Scores is { } second) _lines.Write(second);
        _count += _written.WrittenSpan.Count((byte)'\n');
        _checksum = Checksum.Append(_checksum, _written.WrittenSpan);
        _written.ResetWrittenCount();
    }

    public void Dispose() => _lines.Dispose();
}

/// <summary>So many lines with this sum.</summary>
internal readonly record struct EventCheck(int Lines, uint Checksum);
