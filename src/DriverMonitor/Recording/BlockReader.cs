using System.Buffers.Binary;
using System.Text;

namespace DriverMonitor.Recording;

/// <summary>
/// Takes values out of a block in the order in which they were put in. Throws <see cref="InvalidDataException"/> past its end.
/// </summary>
internal ref struct BlockReader(ReadOnlySpan<byte> block)
{
    private ReadOnlySpan<byte> _rest = block;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Take(sizeof(byte))[0];

    public ushort Short() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public double Double() => BitConverter.Int64BitsToDouble(Long());

    public float Float() => BitConverter.Int32BitsToSingle(Int());

    public string? Text() => Short() is var length && length == ushort.MaxValue ? null : Encoding.UTF8.GetString(Take(length));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length) throw new InvalidDataException("a block ends in the middle of an entry");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
