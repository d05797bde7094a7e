using System.Globalization;
using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate;

namespace DriverMonitor.Tests.HeartRate;

public sealed class HeartFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    //  the file, and the packets: time, rate, intervals
    public static TheoryData<string, string> Files => new()
    {
        { "at_s,bpm,rr_ms\n0.5,72,830\n1.5,73,820;810\n", "0.5 72 [830] | 1.5 73 [820 810]" },
        { "0.5,72,830\n", "0.5 72 [830]" }, // the header may be missing
        { "0.5,,830\n1.5,72,\n2.5,,\n", "0.5 - [830] | 1.5 72 [] | 2.5 - []" }, // so may any field
        { "0.5,72\n", "0.5 72 []" },
        { "\n0.5,72,830\n\n", "0.5 72 [830]" },
        { "800\n850\n900.5\n", "0.8 - [800] | 1.65 - [850] | 2.5505 - [900.5]" }, // one interval a line
        { "[Params]\nVersion=106\n[HRData]\n800\n850\n", "0.8 - [800] | 1.65 - [850]" }, // Polar's file
        { "[Params]\nVersion=106\nInterval=238\n[HRData]\n800\n", "0.8 - [800]" }, // the same, which says that it holds beats
        { "[Params]\nVersion=106\nInterval=5\n[HRData]\n72\t120\n73\t121\n", "5 72 [] | 10 73 []" }, // and one that holds rates
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_read_in_the_form_it_has(string text, string expected)
    {
        File.WriteAllText(_path, text);
        Assert.Equal(expected, string.Join(" | ", HeartFile.Read(_path).Select(p =>
            string.Create(CultureInfo.InvariantCulture,
                $"{p.At.TotalSeconds} {p.Packet.BeatsPerMinute?.ToString(CultureInfo.InvariantCulture) ?? "-"} [{string.Join(' ', p.Packet.RrMs.Select(r => r.ToString(CultureInfo.InvariantCulture)))}]"))));
    }

    [Theory]
    [InlineData("1.0,72,800\n2.0,many,800\n", "line 2")]
    [InlineData("1.0,72,800;x\n", "line 1")]
    [InlineData("1.0,72,800,5\n", "line 1")]
    [InlineData("-1,72,800\n", "line 1")]
    [InlineData("2.0,72,800\n1.0,72,800\n", "goes back")]
    [InlineData("800\nNaN\n", "line 2")]
    [InlineData("800\n-5\n", "line 2")]
    [InlineData("", "holds no beats")]
    public void A_file_that_cannot_be_read_is_refused_by_line(string text, string says)
    {
        File.WriteAllText(_path, text);
        var error = Assert.Throws<HeartFileException>(() => HeartFile.Read(_path)).Message;
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.Contains(_path, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packet_is_given_out_when_its_time_has_come()
    {
        File.WriteAllText(_path, "1,70,\n2,71,\n");
        var heart = RecordedHeart.Open(_path);

        Assert.False(heart.TryRead(TimeSpan.FromSeconds(0.9), out _, out _));
        Assert.True(heart.TryRead(TimeSpan.FromSeconds(5), out var first, out _));
        Assert.True(heart.TryRead(TimeSpan.FromSeconds(5), out var second, out _));
        Assert.False(heart.TryRead(TimeSpan.FromSeconds(5), out _, out _));
        Assert.Equal((1.0, 2.0), (first.TotalSeconds, second.TotalSeconds));
    }

    [Fact]
    public void The_scripted_heart_beats_about_68_times_a_minute_and_varies()
    {
        var heart = new ScriptedHeart();
        var intervals = new List<double>();
        while (heart.TryRead(TimeSpan.FromSeconds(60), out _, out var packet)) intervals.AddRange(packet.RrMs);

        Assert.InRange(intervals.Count, 64, 71);
        Assert.InRange(intervals.Max() - intervals.Min(), 60, 140);
        Assert.InRange(intervals.Sum(), 58_000, 60_000);
    }
}
