using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using DriverMonitor.Files;

namespace DriverMonitor.Recording;

/// <summary>Reads the parts of one drive. What is damaged is passed over and said; the rest is read.</summary>
internal sealed class RecordingReader
{
    /// <summary>A recorder begins a new part after 8 MB.</summary>
    private const long LargestPart = 256L << 20;

    private readonly IReadOnlyList<string> _parts;

    /// <summary>Throws <see cref="RecordingException"/> if the first part cannot be understood.</summary>
    public RecordingReader(IReadOnlyList<string> parts)
    {
        _parts = parts;
        Header = ReadHeader(parts[0], Load(parts[0]), out _);
    }

    /// <summary>Its files, in order.</summary>
    public IReadOnlyList<string> Parts => _parts;

    /// <summary>Of the first part that is left.</summary>
    public RecordingHeader Header { get; }

    public static bool IsRecording(string path)
    {
        if (InputFile.Fault(path) is not null) return false;
        return InputFile.ReadStart("Input", path, RecordingFormat.Name.Length).AsSpan().SequenceEqual(RecordingFormat.Name);
    }

    public IEnumerable<RecordingItem> Read()
    {
        var expected = Header.Part;
        foreach (var path in _parts)
        {
            var bytes = Load(path);
            if (!TryReadHeader(path, bytes, out var header, out var at))
            {
                yield return new RecordingItem.Damage(bytes.Length, IsTail: path == _parts[^1]);
                continue;
            }

            if (header.Part != expected) yield return new RecordingItem.Gap(GapReason.Disk, 0);
            expected = header.Part + 1;
            foreach (var item in Blocks(bytes, at)) yield return item;
        }
    }

    private static IEnumerable<RecordingItem> Blocks(byte[] bytes, int at)
    {
        while (at < bytes.Length)
        {
            if (BlockAt(bytes, at) is not var (block, isSound))
            {
                yield return new RecordingItem.Damage(bytes.Length - at, IsTail: true);
                yield break;
            }

            at += RecordingFormat.BlockHead + block.Length;
            if (isSound)
            {
                foreach (var item in Entries(block.Span)) yield return item;
            }
            else
            {
                yield return new RecordingItem.Damage(block.Length, IsTail: at == bytes.Length);
            }
        }
    }

    private static List<RecordingItem> Entries(ReadOnlySpan<byte> bytes)
    {
        var items = new List<RecordingItem>();
        var block = new BlockReader(bytes);
        try
        {
            while (!block.IsAtEnd)
            {
                var kind = (EntryKind)block.Byte();
                items.Add(kind switch
                {
                    EntryKind.Seen => new RecordingItem.Seen(ObservationEntry.Read(ref block)),
                    EntryKind.Gap => new RecordingItem.Gap((GapReason)block.Byte(), block.Long()),
                    EntryKind.Check => new RecordingItem.Check(new(block.Int(), (uint)block.Int())),
                    _ => throw new InvalidDataException($"entry {(byte)kind} is unknown"),
                });
            }
        }
        catch (InvalidDataException)
        {
            // Its checksum holds, so whoever wrote it meant something else by it.
            items.Add(new RecordingItem.Damage(bytes.Length, IsTail: false));
        }

        return items;
    }

    /// <summary>Null if no block can begin here.</summary>
    private static (ReadOnlyMemory<byte> Block, bool IsSound)? BlockAt(byte[] bytes, int at)
    {
        if (bytes.Length - at < RecordingFormat.BlockHead) return null;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
        if (length is 0 or > RecordingFormat.LargestBlock || length > bytes.Length - at - RecordingFormat.BlockHead) return null;
        var block = bytes.AsMemory(at + RecordingFormat.BlockHead, (int)length);
        return (
            block, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + sizeof(uint))) == Checksum.Append(0, block.Span));
    }

    /// <summary>
    /// False for a later part that the power cut off in its first moment: what came before it is none the worse.
    /// </summary>
    private bool TryReadHeader(string path, byte[] bytes, [NotNullWhen(true)] out RecordingHeader? header, out int at)
    {
        try
        {
            header = ReadHeader(path, bytes, out at);
            return true;
        }
        catch (RecordingException) when (path != _parts[0])
        {
            (header, at) = (null, 0);
            return false;
        }
    }

    private static RecordingHeader ReadHeader(string path, byte[] bytes, out int at)
    {
        if (!bytes.AsSpan().StartsWith(RecordingFormat.Name)) throw new RecordingException($"{path} is no recording.");
        at = RecordingFormat.Mark.Length;
        if (
            bytes.Length < at
            || BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(RecordingFormat.Name.Length)) is var version
                && !RecordingFormat.Knows(version))
            throw new RecordingException($"{path} has a format that this program does not know. Use a newer one.");
        if (BlockAt(bytes, at) is not (var block, true))
            throw new RecordingException($"{path} ends before it begins: the power went in its first moment.");
        at += RecordingFormat.BlockHead + block.Length;
        try
        {
            return RecordingHeader.Parse(block.Span);
        }
        catch (InvalidDataException e)
        {
            throw new RecordingException($"{path} cannot be replayed: {e.Message}.", e);
        }
    }

    private static byte[] Load(string path)
    {
        try
        {
            return InputFile.ReadBytes("Recording", path, largest: LargestPart);
        }
        catch (InputException e)
        {
            throw new RecordingException(e.Message, e);
        }
    }
}
