using System.Buffers.Binary;
using System.Numerics;

namespace DriverMonitor.Outbox;

/// <summary>
/// CRC-32C of a row: the check of the database's pages sees a broken page, and not a bit that turned over inside an event.
/// </summary>
internal static class RowChecksum
{
    public static uint Of(long seq, ReadOnlySpan<byte> body)
    {
        var crc = BitOperations.Crc32C(uint.MaxValue, (ulong)seq);
        for (; body.Length >= sizeof(ulong); body = body[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(body));
        foreach (var rest in body)
            crc = BitOperations.Crc32C(crc, rest);
        return ~crc;
    }
}
