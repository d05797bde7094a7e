using System.Buffers.Binary;
using System.Text;

namespace DriverMonitor.Recording;

/// <summary>Puts values one after the other into a block, little-endian. What no longer fits is not written, and said.</summary>
internal ref struct BlockWriter(Span<byte> room)
{
    private readonly Span<byte> _room = room;

    public int Length { get; private set; }

    /// <summary>Something did not fit: what was written so far is worthless.</summary>
    public bool IsOverfull { get; private set; }

    public void Byte(byte value)
    {
        if (Take(sizeof(byte), out var to)) to[0] = value;
    }

    public void Short(ushort value)
    {
        if (Take(sizeof(ushort), out var to)) BinaryPrimitives.WriteUInt16LittleEndian(to, value);
    }

    public void Int(int value)
    {
        if (Take(sizeof(int), out var to)) BinaryPrimitives.WriteInt32LittleEndian(to, value);
    }

    public void Long(long value)
    {
        if (Take(sizeof(long), out var to)) BinaryPrimitives.WriteInt64LittleEndian(to, value);
    }

    /// <summary>Every bit of it: a replay must judge what was judged.</summary>
    public void Double(double value) => Long(BitConverter.DoubleToInt64Bits(value));

    public void Float(float value) => Int(BitConverter.SingleToInt32Bits(value));

    /// <summary>Null is kept apart from empty.</summary>
    public void Text(string? value)
    {
        if (value is null)
        {
            Short(ushort.MaxValue);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        if (length >= ushort.MaxValue)
        {
            IsOverfull = true;
            return;
        }

        Short((ushort)length);
        if (Take(length, out var to)) Encoding.UTF8.GetBytes(value, to);
    }

    private bool Take(int count, out Span<byte> to)
    {
        IsOverfull |= Length + count > _room.Length;
        to = IsOverfull ? default : _room.Slice(Length, count);
        if (!IsOverfull) Length += count;
        return !IsOverfull;
    }
}
