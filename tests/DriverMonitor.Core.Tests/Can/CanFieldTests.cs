using DriverMonitor.Core.Can;

namespace DriverMonitor.Core.Tests.Can;

/// <summary>Numbers out of frames, in both byte orders and at every limit.</summary>
public sealed class CanFieldTests
{
    [Theory]
    // Intel: the start bit is the lowest.
    [InlineData("0102030405060708", 0, 8, 1, false, 1)]
    [InlineData("0102030405060708", 0, 16, 1, false, 0x0201)]
    [InlineData("0102030405060708", 8, 16, 1, false, 0x0302)]
    [InlineData("0102030405060708", 4, 8, 1, false, 0x20)]
    [InlineData("0102030405060708", 60, 4, 1, false, 0)]
    [InlineData("0102030405060788", 60, 4, 1, false, 8)]
    [InlineData("0102030405060788", 63, 1, 1, false, 1)]
    [InlineData("FFFFFFFFFFFFFFFF", 0, 64, 1, false, 18446744073709551615.0)]
    [InlineData("FFFFFFFFFFFFFFFF", 0, 64, 1, true, -1)]
    [InlineData("0000000000000080", 0, 64, 1, true, -9223372036854775808.0)]
    [InlineData("FEFF", 0, 16, 1, true, -2)]
    [InlineData("FEFF", 0, 16, 1, false, 0xFFFE)]
    [InlineData("08", 0, 4, 1, true, -8)]
    [InlineData("07", 0, 4, 1, true, 7)]
    // Motorola: the start bit is the highest, bit 7 of byte 0 being 7.
    [InlineData("0102030405060708", 7, 8, 0, false, 1)]
    [InlineData("0102030405060708", 7, 16, 0, false, 0x0102)]
    [InlineData("0102030405060708", 15, 16, 0, false, 0x0203)]
    [InlineData("0102030405060708", 3, 8, 0, false, 0x10)]
    [InlineData("0102030405060788", 56, 1, 0, false, 0)]
    [InlineData("0102030405060789", 56, 1, 0, false, 1)]
    [InlineData("0102030405060788", 63, 8, 0, false, 0x88)]
    [InlineData("FFFFFFFFFFFFFFFF", 7, 64, 0, false, 18446744073709551615.0)]
    [InlineData("8000000000000000", 7, 64, 0, true, -9223372036854775808.0)]
    [InlineData("FFFE", 7, 16, 0, true, -2)]
    [InlineData("0FFE", 3, 12, 0, true, -2)]
    [InlineData("0800", 3, 12, 0, true, -2048)]
    public void A_number_is_read(string data, int start, int length, int order, bool isSigned, double expected)
    {
        var field = Field(start, length, order, isSigned);
        Assert.True(field.IsInFrame);
        Assert.Equal(expected, field.Read(Frame(data)));
    }

    [Theory]
    [InlineData("01", 0, 9, 1)]
    [InlineData("01", 7, 9, 0)]
    [InlineData("", 0, 1, 1)]
    [InlineData("01020304050607", 0, 57, 1)]
    [InlineData("01020304050607", 63, 1, 0)]
    public void A_frame_that_is_too_short_holds_nothing(string data, int start, int length, int order) =>
        Assert.Null(Field(start, length, order, isSigned: false).Read(Frame(data)));

    [Theory]
    [InlineData(0, 64, 1, true)]
    [InlineData(7, 64, 0, true)]
    [InlineData(63, 1, 1, true)]
    [InlineData(56, 1, 0, true)]
    [InlineData(0, 65, 1, false)]
    [InlineData(1, 64, 1, false)]
    [InlineData(6, 64, 0, false)]
    [InlineData(63, 2, 1, false)]
    [InlineData(56, 2, 0, false)]
    [InlineData(64, 1, 1, false)]
    [InlineData(64, 1, 0, false)]
    [InlineData(-1, 1, 1, false)]
    [InlineData(0, 0, 1, false)]
    [InlineData(0, -3, 0, false)]
    [InlineData(int.MaxValue, int.MaxValue, 1, false)]
    [InlineData(1, int.MaxValue, 0, false)]
    public void What_does_not_lie_within_a_frame_is_known(int start, int length, int order, bool isInFrame) =>
        Assert.Equal(isInFrame, Field(start, length, order, isSigned: false).IsInFrame);

    /// <summary>Against a slow and obvious reader, over every place that there is.</summary>
    [Fact]
    public void Every_field_of_both_orders_agrees_with_reading_bit_by_bit()
    {
        const ulong Data = 0x8F3A_5C61_D27E_04B9;
        var frame = new CanFrame(default, Data, 8);
        for (var start = 0; start < 64; start++)
            for (var length = 1; length <= 64; length++)
                foreach (var order in new[] { 0, 1 })
                    if (Field(start, length, order, isSigned: false) is { IsInFrame: true } field)
                        Assert.Equal(BitByBit(Data, field), field.Read(frame));
    }

    private static double BitByBit(ulong data, CanField field)
    {
        var (value, bit) = (0ul, field.StartBit);
        for (var i = 0; i < field.Length; i++)
        {
            var one = data >> bit & 1;
            if (field.Order == CanByteOrder.LittleEndian) (value, bit) = (value | one << i, bit + 1);
            else (value, bit) = (value << 1 | one, bit % 8 == 0 ? bit + 15 : bit - 1);
        }

        return value;
    }

    private static CanField Field(int start, int length, int order, bool isSigned) =>
        new(start, length, order == 1 ? CanByteOrder.LittleEndian : CanByteOrder.BigEndian, isSigned);

    private static CanFrame Frame(string hex) => CanFrame.Of(new(0x123, false), Convert.FromHexString(hex));
}
