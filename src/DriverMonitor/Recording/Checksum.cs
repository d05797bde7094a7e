using System.Buffers.Binary;
using System.Numerics;

namespace DriverMonitor.Recording;

/// <summary>CRC-32C (Castagnoli), continued over several pieces. Begin with 0.</summary>
internal static class Checksum
{
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        var crc = ~checksum;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var rest in bytes)
            crc = BitOperations.Crc32C(crc, rest);
        return ~crc;
    }
}
