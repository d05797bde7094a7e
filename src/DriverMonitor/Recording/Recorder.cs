using System.Threading.Channels;
using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Recording;

/// <summary>
/// Keeps every observation, so that a replay judges exactly what was judged; no picture and no landmark reaches it. What the
/// driver does not allow is left out before it leaves the loop's memory: while nothing of the driver may be judged, time, clock
/// and vehicle remain, without which a replay would not know of breaks; and nothing at all before the driver first allowed
/// something. The loop only fills a block; the disk is written beside it. Bounded: while the disk cannot follow, whole blocks are
/// dropped, counted, and marked as a gap.
/// </summary>
internal sealed class Recorder : IEventSink, IDisposable
{
    private const int BlockSize = 1 << 16,
        Blocks = 8;
    private static readonly TimeSpan BlockEvery = TimeSpan.FromSeconds(1),
        CheckEvery = TimeSpan.FromMinutes(1),
        ClosingPatience = TimeSpan.FromSeconds(2);
    private static readonly HeartPacket NoHeart = new("", null, StrapContact.NotSupported, []);
    private static readonly SkinReading NoSkin = new(null, null, "");

    private readonly Channel<Block> _free = Channel.CreateBounded<Block>(Blocks), _full = Channel.CreateBounded<Block>(Blocks);
    private readonly EventDigest _digest;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _writing;
    private readonly bool _waits;
    private readonly SupervisedPart? _part;
    private Modalities _allowed;
    private bool _mayBegin, _isOver;
    private Block? _block;
    private TimeSpan _blockFrom, _checkFrom;
    private long _missing;
    private GapReason _why;

    /// <param name="settings">Where to, and how much.</param>
    /// <param name="header">What the drive is judged with; what is allowed at the start in it.</param>
    /// <param name="waits">For the disk, where a drive goes faster than time does: nothing is dropped then.</param>
    /// <param name="part">Contains what goes wrong while blocks are written.</param>
    public Recorder(
        RecordingSettings settings,
        RecordingHeader header,
        TimeProvider time,
        ILogger<Recorder> log,
        bool waits = false,
        SupervisedPart? part = null)
    {
        (_digest, _allowed, _mayBegin, _waits, _part) = (
            new(header.Origin), header.Allowed, IsAnything(header.Allowed), waits, part);
        for (var i = 0; i < Blocks; i++)
            _free.Writer.TryWrite(new(BlockSize));
        _writing = Task.Run(WriteAsync);

        async Task WriteAsync()
        {
            using var ring = new RecordingRing(settings, header.WithWhatIsAllowed(), time, log);
            Task WriteOnceAsync(CancellationToken stop) => ring.WriteAsync(_full.Reader, _free.Writer);
            await (part?.RunAsync(WriteOnceAsync, _closing.Token) ?? WriteOnceAsync(CancellationToken.None));
            Failure = ring.Failure;
        }
    }

    /// <summary>
    /// What the disk said first when it did not take something; null if it took everything. Known after <see cref="Dispose"/>.
    /// </summary>
    public string? Failure { get; private set; }

    /// <summary>Observations that were lost because the disk could not follow.</summary>
    public long Dropped { get; private set; }

    public void Emit(in Observation seen, in Outcome outcome)
    {
        if (seen.Allowed is { } allowed) (_allowed, _mayBegin) = (allowed, _mayBegin || IsAnything(allowed));
        if (!_mayBegin)
        {
            RecordGap(GapReason.NotAllowed);
            return;
        }

        if (_block is not null && (seen.At - _blockFrom >= BlockEvery || seen.At < _blockFrom)) HandOver();
        if (!TryBegin(seen.At) || !Put(Without(seen)))
        {
            Dropped++;
            RecordGap(GapReason.Disk);
            return;
        }

        _digest.Add(outcome);
        if (outcome.At - _checkFrom < CheckEvery && outcome.At >= _checkFrom) return;
        Check();
        _checkFrom = outcome.At;
    }

    /// <summary>Call it when the loop is over: waits until everything is on the disk.</summary>
    public void Dispose()
    {
        if (_isOver) return;
        _isOver = true;
        // A writer that is over gives no block back.
        if (_block is not null || (!_writing.IsCompleted && TryBegin(_blockFrom))) Check();
        HandOver();
        _full.Writer.TryComplete();
        // A writer that failed does not wait for its next try.
        if (_writing.IsCompleted || Task.WaitAny([_writing], ClosingPatience) < 0) _closing.Cancel();
        try
        {
            _writing.GetAwaiter().GetResult();
        }
#pragma warning disable CA1031 // what comes after this (the outputs of the board) is put away, too
        catch (Exception e)
        {
            _part?.Contain(e);
            Failure ??= e.Message;
        }
#pragma warning restore CA1031

        _closing.Dispose();
        _digest.Dispose();
    }

    private static bool IsAnything(Modalities allowed) => (allowed & (Modalities.Camera | Modalities.Heart)) != 0;

    /// <summary>The observation's place stays, or a replay would count time otherwise; what it held goes.</summary>
    private Observation Without(in Observation seen) => seen with
    {
        Face = seen.Face is null || (_allowed & Modalities.Camera) != 0 ? seen.Face : FaceReading.NoFrame,
        Heart = seen.Heart is null || (_allowed & Modalities.Heart) != 0 ? seen.Heart : NoHeart,
        Skin = seen.Skin is null || (_allowed & Modalities.Heart) != 0 ? seen.Skin : NoSkin,
        Voice = (_allowed & Modalities.Voice) != 0 ? seen.Voice : null,
    };

    private void RecordGap(GapReason why)
    {
        if (_missing++ == 0 || why == GapReason.Disk) _why = why;
    }

    private bool TryBegin(TimeSpan at)
    {
        if (_block is not null) return true;
        if (!_free.Reader.TryRead(out _block) && !TryWait()) return false;
        (_blockFrom, _block!.Length, _block.Observations) = (at, 0, 0);
        if (_missing == 0) return true;
        var writer = new BlockWriter(_block.Bytes);
        writer.Byte((byte)EntryKind.Gap);
        writer.Byte((byte)_why);
        writer.Long(_missing);
        _block.Length = writer.Length;
        _missing = 0;
        _digest.Begin();
        return true;
    }

    private bool TryWait()
    {
        // A writer that failed gives none back: a replay must not wait for it for ever.
        while (_waits && !_writing.IsCompleted)
        {
            if (Task.WaitAny(_free.Reader.WaitToReadAsync().AsTask(), _writing) == 0 && _free.Reader.TryRead(out _block))
                return true;
        }

        return false;
    }

    /// <summary>False if it fits into no block, or there is none.</summary>
    private bool Put(in Observation seen)
    {
        if (TryPut(seen)) return true;
        HandOver();
        return TryBegin(seen.At) && TryPut(seen);
    }

    private bool TryPut(in Observation seen)
    {
        var writer = new BlockWriter(_block!.Bytes.AsSpan(_block.Length));
        writer.Byte((byte)EntryKind.Seen);
        ObservationEntry.Write(ref writer, seen);
        if (writer.IsOverfull) return false;
        _block.Length += writer.Length;
        _block.Observations++;
        return true;
    }

    private void Check()
    {
        var said = _digest.Said;
        var writer = new BlockWriter(_block!.Bytes.AsSpan(_block.Length));
        writer.Byte((byte)EntryKind.Check);
        writer.Int(said.Lines);
        writer.Int((int)said.Checksum);
        // Without room for it the next check speaks for two minutes.
        if (writer.IsOverfull) return;
        _block.Length += writer.Length;
        _digest.Begin();
    }

    private void HandOver()
    {
        if (_block is not { } block) return;
        (_block, block.Allowed) = (null, _allowed);
        (block.Length > 0 ? _full : _free).Writer.TryWrite(block);
    }
}

/// <summary>Room for about a second of a drive; made once and goes round.</summary>
internal sealed class Block(int size)
{
    public byte[] Bytes { get; } = new byte[size];

    /// <summary>Bytes in use.</summary>
    public int Length { get; set; }

    /// <summary>Observations in it.</summary>
    public int Observations { get; set; }

    /// <summary>What was allowed at its end.</summary>
    public Modalities Allowed { get; set; }
}
