using System.Buffers.Binary;

namespace DriverMonitor.Recording;

/// <summary>How a recording lies on the disk; <c>deploy/recording-format.md</c> tells it to others.</summary>
internal static class RecordingFormat
{
    /// <summary>
    /// What is written. Version 2 knows which of the alerts was disputed; version 3 the speed by satellites, what moves behind
    /// the driver, the blendshapes and the light; version 4 where the face is and a second one beside it; version 5 indicators,
    /// wipers and door; version 6 the hands and the voice; version 7 the sensors of the cab. It reads what the ones before wrote.
    /// </summary>
    public const ushort Version = 7;

    private const ushort Oldest = 1;
    public const string Extension = ".recording";

    /// <summary>Before each block: its length and its checksum.</summary>
    public const int BlockHead = sizeof(uint) + sizeof(uint);

    /// <summary>A length above it is damage and not a block.</summary>
    public const int LargestBlock = 1 << 20;

    /// <summary>The eight bytes with which a file begins: a name, and the version.</summary>
    public static ReadOnlySpan<byte> Mark => "DMREC\0\u0007\0"u8;

    /// <summary>The name without the version.</summary>
    public static ReadOnlySpan<byte> Name => Mark[..6];

    public static bool Knows(ushort version) => version is >= Oldest and <= Version;

    public static void Head(Span<byte> head, ReadOnlySpan<byte> block)
    {
        BinaryPrimitives.WriteInt32LittleEndian(head, block.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[sizeof(int)..], Checksum.Append(0, block));
    }
}

/// <summary>What an entry of a block is; the byte before it.</summary>
internal enum EntryKind : byte
{
    /// <summary>One observation.</summary>
    Seen = 1,

    /// <summary>Observations were not recorded here: how many, and why.</summary>
    Gap = 2,

    /// <summary>What was said since the last check or gap.</summary>
    Check = 3,
}

/// <summary>Why observations are missing.</summary>
internal enum GapReason : byte
{
    /// <summary>The disk was too slow, full or broken.</summary>
    Disk = 1,

    /// <summary>The driver had not yet allowed camera or heart; older programs wrote it whenever neither was allowed.</summary>
    NotAllowed = 2,
}
