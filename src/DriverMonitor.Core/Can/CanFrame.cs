using System.Buffers.Binary;

namespace DriverMonitor.Core.Can;

/// <summary>A classic CAN data frame (ISO 11898-1): up to eight bytes under an identifier. CAN FD is not read.</summary>
/// <param name="Id">11 bits, or 29 of an extended one.</param>
/// <param name="Data">The bytes, the first in the lowest eight bits; those beyond <paramref name="Length"/> are 0.</param>
/// <param name="Length">0 to 8.</param>
public readonly record struct CanFrame(CanFrameId Id, ulong Data, int Length)
{
    public const int MostBytes = 8;

    /// <param name="bytes">At most eight; further ones are left out.</param>
    public static CanFrame Of(CanFrameId id, ReadOnlySpan<byte> bytes)
    {
        Span<byte> data = stackalloc byte[MostBytes];
        data.Clear();
        if (bytes.Length > MostBytes) bytes = bytes[..MostBytes];
        bytes.CopyTo(data);
        return new(id, BinaryPrimitives.ReadUInt64LittleEndian(data), bytes.Length);
    }

    /// <summary>The byte at an index below <see cref="MostBytes"/>.</summary>
    public byte this[int index] => (byte)(Data >> (8 * index));
}
