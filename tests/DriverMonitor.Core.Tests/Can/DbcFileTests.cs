using DriverMonitor.Core.Can;

namespace DriverMonitor.Core.Tests.Can;

/// <summary>CAN databases as tools write them, and as nobody should.</summary>
public sealed class DbcFileTests
{
    private const string Vehicle = """
        VERSION ""

        NS_ :
            CM_
            BA_DEF_

        BS_:

        BU_: ECU1 ECU2

        BO_ 1001 Wheels: 8 ECU1
         SG_ Speed : 16|12@1+ (0.05,0) [0|204.75] "km/h"  ECU2
         SG_ Angle : 7|16@0- (0.1,0) [-780|779.9] "°" Vector__XXX

        BO_ 2566844672 CCVS1: 8 Vector__XXX
         SG_ Speed : 8|16@1+ (0.00390625,0) [0|250.996] "km/h" Vector__XXX

        BO_ 768 Lights: 2 ECU1
         SG_ Page M : 0|4@1+ (1,0) [0|15] "" ECU2
         SG_ Left m1 : 8|1@1+ (1,0) [0|1] "" ECU2
         SG_ Right m2 : 8|1@1+ (1,0) [0|1] "" ECU2

        BO_ 1800 Wide: 64 ECU1
         SG_ Far : 400|16@1+ (1,0) [0|0] "" ECU2

        BO_ 3221225472 VECTOR__INDEPENDENT_SIG_MSG: 0 Vector__XXX
         SG_ Orphan : 0|8@1+ (1,0) [0|0] "" Vector__XXX

        BO_TX_BU_ 1001 : ECU1,ECU2;
        CM_ SG_ 1001 Speed "Of the wheels, \"filtered\".
         SG_ This is a comment over lines
        BO_ and so is this";
        VAL_ 768 Page 1 "left" 2 "right" ;
        """;

    [Theory]
    [InlineData("Wheels.Speed", "3E9", "0000E80300000000", 50.0)]
    [InlineData("Angle", "3E9", "FF9C000000000000", -10.0)]
    [InlineData("CCVS1.Speed", "18FEF100", "FF0050FFFFFFFFFF", 80.0)]
    // "Not available".
    [InlineData("CCVS1.Speed", "18FEF100", "FFFFFFFFFFFFFFFF", null)]
    // A multiplexed signal is in the frames whose selector says so.
    [InlineData("Left", "300", "0101", 1.0)]
    [InlineData("Left", "300", "0201", null)]
    [InlineData("Right", "300", "0201", 1.0)]
    [InlineData("Page", "300", "0201", 2.0)]
    public void A_signal_of_the_database_is_read(string name, string id, string data, double? expected)
    {
        var signal = DbcFile.Parse(Vehicle).Find(name);
        var value = signal.Read(CanFrame.Of(CanFrameId.ParseHex(id)!.Value, Convert.FromHexString(data)));
        if (expected is { } number) Assert.Equal(number, value!.Value, precision: 9);
        else Assert.Null(value);
    }

    [Theory]
    [InlineData("Speed", "several")]
    [InlineData("speed", "no signal")]
    [InlineData("Far", "no signal")]
    [InlineData("Orphan", "no signal")]
    [InlineData("This", "no signal")]
    [InlineData("", "no signal")]
    public void A_name_that_leads_nowhere_or_to_several_is_refused(string name, string says) => Assert.Contains(
        says, Assert.Throws<FormatException>(() => DbcFile.Parse(Vehicle).Find(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(" SG_ Speed : 0|8@1+ (1,0) [0|0] \"\" X", "line 1 is a signal before any message")]
    [InlineData("BO_ x Wheels: 8 E", "line 1 is no message")]
    [InlineData("BO_ 1 Wheels 8 E", "line 1 is no message")]
    [InlineData("BO_ 1 Wheels: x E", "line 1 is a message without a length")]
    [InlineData("BO_ 5000 Wheels: 8 E", "line 1 has an identifier")]
    [InlineData("BO_ 4294967295 Wheels: 8 E", "line 1 has an identifier")]
    [InlineData("BO_ 1 W: 8 E\n SG_ S 0|8@1+ (1,0) [0|0]", "line 2 is a signal without a colon")]
    [InlineData("BO_ 1 W: 8 E\n SG_ S : 0|8@1+ (1,0)", "line 2 is a signal without its limits")]
    [InlineData("BO_ 1 W: 8 E\n SG_ S : 60|8@1+ (1,0) [0|0]", "line 2 says 8 bits from bit 60")]
    [InlineData("BO_ 1 W: 8 E\n SG_ S : 0|8@1+ (NaN,0) [0|0]", "line 2 has no number")]
    [InlineData("BO_ 1 W: 8 E\n SG_ S m1M : 0|8@1+ (1,0) [0|0]", "line 2 is a signal with nested multiplexing")]
    [InlineData("BO_ 1 W: 8 E\n SG_ S m1 : 0|8@1+ (1,0) [0|0]", "message W, whose multiplexed signals have no selector")]
    public void A_line_that_cannot_be_understood_is_named(string text, string says) => Assert.Contains(
        says, Assert.Throws<FormatException>(() => DbcFile.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_beginning_of_a_database_is_read_or_refused()
    {
        for (var length = 0; length < Vehicle.Length; length++)
        {
            try
            {
                DbcFile.Parse(Vehicle[..length]);
            }
            catch (FormatException)
            {
                // said in one line
            }
        }
    }

    [Fact]
    public void Lines_may_end_as_Windows_ends_them() =>
        Assert.Equal(6, DbcFile.Parse(Vehicle.ReplaceLineEndings("\r\n")).Count);
}
