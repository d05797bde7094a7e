using DriverMonitor.Core.Can;

namespace DriverMonitor.Core.Tests.Can;

/// <summary>Logs of candump, and what is asked of an engine.</summary>
public sealed class CanFramesTests
{
    [Theory]
    [InlineData("(1436509052.249713) can0 123#DEADBEEF", 1436509052.249713, "(1436509052.249713) x 123#DEADBEEF")]
    [InlineData("(0.5) vcan0 18FEF100#FF0050FFFFFFFFFF R\r", 0.5, "(0.500000) x 18FEF100#FF0050FFFFFFFFFF")]
    [InlineData("(0) can0 7FF#", 0.0, "(0.000000) x 7FF#")]
    public void A_line_of_a_log_is_a_frame(string line, double seconds, string written)
    {
        var (at, frame) = CandumpLine.Parse(line)!.Value;
        Assert.Equal(seconds, at.TotalSeconds, precision: 6);
        Assert.Equal(written, CandumpLine.Format(at, "x", frame));
    }

    [Theory]
    [InlineData("")]
    [InlineData("(1.0) can0")]
    [InlineData("1.0 can0 123#00")]
    [InlineData("(x) can0 123#00")]
    [InlineData("(-1) can0 123#00")]
    [InlineData("(1e9) can0 123#00")]
    [InlineData("(99999999999999999999) can0 123#00")]
    [InlineData("(1.0) can0 123#0")]
    [InlineData("(1.0) can0 123#0G")]
    [InlineData("(1.0) can0 123#000000000000000000")]
    [InlineData("(1.0) can0 123##100")]
    [InlineData("(1.0) can0 123#R8")]
    [InlineData("(1.0) can0 FFF#00")]
    [InlineData("(1.0) can0 FFFFFFFF#00")]
    [InlineData("(1.0) can0 #00")]
    public void A_line_of_anything_else_is_none(string line) => Assert.Null(CandumpLine.Parse(line));

    [Fact]
    public void Only_two_questions_exist() => Assert.Equal(
        ["7DF#02010D5555555555", "7DF#02010C5555555555"],
        ObdFrames.Requests.Select(frame => CandumpLine.Format(default, "x", frame).Split(' ')[2]));

    [Theory]
    [InlineData("7E8", "03410D32", 50.0, null)]
    [InlineData("7EF", "03410DFF55555555", 255.0, null)]
    [InlineData("7E8", "04410C0FA0", null, 1000.0)]
    public void An_answer_says_speed_or_revolutions(string id, string data, double? kmh, double? rpm) =>
        Assert.Equal(new ObdAnswer(kmh, rpm), ObdFrames.Read(Frame(id, data)));

    [Theory]
    [InlineData("7E7", "03410D32")]
    [InlineData("7F0", "03410D32")]
    [InlineData("000007E8", "03410D32")]
    [InlineData("7DF", "02010D")]
    [InlineData("7E8", "03410D")]
    [InlineData("7E8", "03410E32")]
    [InlineData("7E8", "04410D3232")]
    [InlineData("7E8", "03410C32")]
    [InlineData("7E8", "037F0112")]
    [InlineData("7E8", "10410D32")]
    [InlineData("7E8", "FF410D32FFFFFFFF")]
    [InlineData("7E8", "")]
    public void Any_other_frame_says_nothing(string id, string data) => Assert.Null(ObdFrames.Read(Frame(id, data)));

    [Fact]
    public void What_changes_is_seen_byte_by_byte()
    {
        var seen = new CanActivity(new(0x123, false));
        seen.Add(TimeSpan.FromSeconds(0), Frame("123", "0001"));
        seen.Add(TimeSpan.FromSeconds(0.5), Frame("123", "0002"));
        seen.Add(TimeSpan.FromSeconds(1), Frame("123", "0002"));

        Assert.Equal((3, 2.0, 0x0300ul), (seen.Count, seen.PerSecond, seen.EverChanged));
        Assert.True(seen.ChangedOf(1, TimeSpan.FromSeconds(1.4), TimeSpan.FromSeconds(1)));
        Assert.False(seen.ChangedOf(1, TimeSpan.FromSeconds(1.6), TimeSpan.FromSeconds(1)));
        Assert.False(seen.ChangedOf(0, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1)));
    }

    private static CanFrame Frame(string id, string data) =>
        CanFrame.Of(CanFrameId.ParseHex(id)!.Value, Convert.FromHexString(data));
}
