using System.Buffers.Binary;

namespace DriverMonitor.Core.Can;

/// <summary>Which way the bytes of a number go.</summary>
public enum CanByteOrder
{
    /// <summary>Intel: the start bit is the lowest one.</summary>
    LittleEndian,

    /// <summary>Motorola: the start bit is the highest one, counted as a .dbc file does, bit 7 of byte 0 being 7.</summary>
    BigEndian,
}

/// <summary>Some neighbouring bits of a frame.</summary>
/// <param name="StartBit">0 to 63: eight times the byte, plus the bit within it from its lowest one.</param>
/// <param name="Length">In bits, 1 to 64.</param>
public readonly record struct CanField(int StartBit, int Length, CanByteOrder Order, bool IsSigned)
{
    private const int FrameBits = 64;

    /// <summary>It begins and ends within eight bytes.</summary>
    public bool IsInFrame =>
        StartBit is >= 0 and < FrameBits && Length is >= 1 and <= FrameBits && FirstBit + Length <= FrameBits;

    /// <summary>How many bytes a frame must have to hold it.</summary>
    public int NeedsBytes => (FirstBit + Length + 7) / 8;

    /// <summary>How far its first bit is from the frame's beginning, in the order in which it goes through the bytes.</summary>
    private int FirstBit => Order == CanByteOrder.LittleEndian ? StartBit : StartBit / 8 * 8 + 7 - StartBit % 8;

    /// <summary>The number; null where the frame is too short for it.</summary>
    /// <remarks>64 unsigned bits beyond the highest signed number lose their lowest bits in a double, like any of 54 and
    /// more.</remarks>
    public double? Read(in CanFrame frame)
    {
        if (frame.Length < NeedsBytes) return null;
        var raw = Order == CanByteOrder.LittleEndian
            ? frame.Data >> StartBit
            : BinaryPrimitives.ReverseEndianness(frame.Data) >> (FrameBits - FirstBit - Length);
        var unused = FrameBits - Length;
        return IsSigned ? (long)(raw << unused) >> unused : raw << unused >> unused;
    }
}
