using DriverMonitor.Core.Can;

namespace DriverMonitor.Core.Tests.Can;

/// <summary>Signals as an installer writes them, and what they say of a frame.</summary>
public sealed class CanSignalTests
{
    [Theory]
    [InlineData("0x3E9 16|12@1+ (0.05,0) [0|250]", "3E9", "0000E80300000000", 50.0)]
    [InlineData("1001 16|12@1+ (0.05,0)", "3E9", "0000E80300000000", 50.0)]
    [InlineData("0x3E9 7|16@0+ (0.01,-10)", "3E9", "1388", 40.0)]
    [InlineData("0x3E9  7 | 16 @0- ( 0.1 , 0 ) [ -780 | 779.9 ] ", "3E9", "FF9C", -10.0)]
    [InlineData("0x18FEF100 8|16@1+ (0.00390625,0) [0|250.996]", "18FEF100", "FF0050FFFFFFFFFF", 80.0)]
    [InlineData("0x3E9 0|8@1+", "3E9", "2A", 42.0)]
    // Not the same identifier: 29 bits, or another number.
    [InlineData("0x3E9 0|8@1+", "000003E9", "2A", null)]
    [InlineData("0x000003E9 0|8@1+", "000003E9", "2A", 42.0)]
    [InlineData("0x3E9 0|8@1+", "3EA", "2A", null)]
    // "Not available" lies above the limit; the limits themselves are values.
    [InlineData("0x3E9 0|16@1+ (0.00390625,0) [0|250.996]", "3E9", "FFFF", null)]
    [InlineData("0x3E9 0|8@1+ (1,0) [0|200]", "3E9", "C8", 200.0)]
    [InlineData("0x3E9 0|8@1+ (1,0) [0|200]", "3E9", "C9", null)]
    [InlineData("0x3E9 0|8@1+ (0.1,0) [0.3|0.7]", "3E9", "03", 0.3)]
    [InlineData("0x3E9 0|8@1+ (0.1,0) [0.3|0.7]", "3E9", "02", null)]
    // A frame that is too short.
    [InlineData("0x3E9 0|16@1+", "3E9", "2A", null)]
    public void A_signal_says_its_value(string text, string id, string data, double? expected)
    {
        var value = CanSignalText.Parse(text).Read(CanFrame.Of(CanFrameId.ParseHex(id)!.Value, Convert.FromHexString(data)));
        if (expected is { } number) Assert.Equal(number, value!.Value, precision: 9);
        else Assert.Null(value);
    }

    [Theory]
    [InlineData("0x130 0|4@1+", 0, false)]
    [InlineData("0x130 0|4@1+", 1, true)]
    [InlineData("0x130 0|4@1+ =4", 1, false)]
    [InlineData("0x130 0|4@1+ =4", 4, true)]
    [InlineData("0x130 0|4@1+ = 4, 5", 5, true)]
    [InlineData("0x130 0|4@1+ =0", 0, true)]
    [InlineData("0x130 0|4@1+ (0.1,0) =0.3", 0.1 * 3, true)]
    public void A_switch_is_on_at_its_values(string text, double value, bool isOn) =>
        Assert.Equal(isOn, CanSignalText.Parse(text).IsOn(value));

    [Theory]
    [InlineData("", "identifier")]
    [InlineData("0x3E9", "identifier")]
    [InlineData("speed 0|8@1+", "identifier")]
    [InlineData("0xFFF 0|8@1+", "identifier")]
    [InlineData("0x800 0|8@1+", "identifier")]
    [InlineData("0x3FFFFFFF 0|8@1+", "identifier")]
    [InlineData("536870912 0|8@1+", "identifier")]
    [InlineData("-1 0|8@1+", "identifier")]
    [InlineData("0x3E9 0-8@1+", "no |")]
    [InlineData("0x3E9 0|8", "no @")]
    [InlineData("0x3E9 0|8@2+", "@0+")]
    [InlineData("0x3E9 0|8@1", "@0+")]
    [InlineData("0x3E9 a|8@1+", "start bit")]
    [InlineData("0x3E9 -1|8@1+", "start bit")]
    [InlineData("0x3E9 0|1.5@1+", "length")]
    [InlineData("0x3E9 60|8@1+", "8 bits from bit 60, which is not within")]
    [InlineData("0x3E9 56|2@0+", "2 bits from bit 56, which is not within")]
    [InlineData("0x3E9 0|65@1+", "not within")]
    [InlineData("0x3E9 0|0@1+", "not within")]
    [InlineData("0x3E9 64|1@1+", "not within")]
    [InlineData("0x3E9 99999999999|1@1+", "start bit")]
    [InlineData("0x3E9 0|8@1+ (0,0)", "factor 0")]
    [InlineData("0x3E9 0|8@1+ (nan,0)", "number")]
    [InlineData("0x3E9 0|8@1+ (1,Infinity)", "number")]
    [InlineData("0x3E9 0|8@1+ (1e999,0)", "number")]
    [InlineData("0x3E9 0|8@1+ (1", "no ,")]
    [InlineData("0x3E9 0|8@1+ (1,0) [9|3]", "minimum")]
    [InlineData("0x3E9 0|8@1+ (1,0) [0|1] km/h", "left at its end")]
    [InlineData("0x3E9 0|8@1+ =", "value after =")]
    [InlineData("0x3E9 0|8@1+ =on", "value after =")]
    public void What_is_wrong_with_a_signal_is_said(string text, string says) =>
        Assert.Contains(says, Assert.Throws<FormatException>(() => CanSignalText.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_text_without_end_is_refused_unread() =>
        Assert.Throws<FormatException>(() => CanSignalText.Parse("0x3E9 0|8@1+ (" + new string('1', 1_000_000)));
}
