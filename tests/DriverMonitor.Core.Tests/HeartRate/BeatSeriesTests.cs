using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Tests.HeartRate;

public class BeatSeriesTests
{
    // One packet: "arrival in seconds: intervals in ms"; a letter before it names another strap, a ! says that the link was
    // broken.
    public static TheoryData<string, string, string> Stories() => new()
    {
        // name                                packets                                        beats: "time/segment"
        { "beats follow their intervals",      "2:1000,1000  3:1000  4:1000",                 "1/0 2/0 3/0 4/0" },
        { "jitter of a second is no gap",      "2:1000,1000  3.9:1000  4.1:1000",             "1/0 2/0 3/0 4/0" },
        { "an empty packet changes nothing",   "2:1000,1000  3:  4:1000,1000",                "1/0 2/0 3/0 4/0" },
        { "a lost packet cuts the line",       "2:1000,1000  5:1000  6:1000",                 "1/0 2/0 5/1 6/1" },
        { "a repeated packet cuts the line",   "3:1000,1000,1000  3.1:1000,1000",             "1/0 2/0 3/0 2.1/1 3.1/1" },
        { "every packet twice is no gap",      "2:1000,1000  2.05:1000,1000  3:1000  3.1:1000", "1/0 2/0 3/0" },
        { "a backlog in one burst is no gap",  "2:1000,1000  4:1000  4.02:990  4.03:1010",    "1/0 2/0 3/0 3.99/0 5/0" },
        { "silence: the first one is dropped", "2:1000,1000  9:3000,1000  10:1000",           "1/0 2/0 9/1 10/1" },
        { "another strap: the same",           "2:1000,1000  B3:900,1000  B4:1000",           "1/0 2/0 3/1 4/1" },
        { "a short break: the same",           "2:1000,1000  !3.2:900,1000  4.2:1000",         "1/0 2/0 3.2/1 4.2/1" },
        { "the link's first is no break",      "!2:1000,1000  3:1000",                        "1/0 2/0 3/0" },
        { "silence without intervals counts",  "2:1000,1000  6:  10:1000,1000",               "1/0 2/0 9/1 10/1" },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public void Beats_lie_where_they_struck(string name, string packets, string expected)
    {
        var series = new BeatSeries(new());
        foreach (string text in packets.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Add(series, text);

        string actual = string.Join(' ', series.Beats.ToArray().Select(b => FormattableString.Invariant($"{b.At.TotalSeconds:0.###}/{b.Segment}")));
        Assert.True(expected == actual, $"{name}: expected {expected}, got {actual}");
    }

    [Fact]
    public void A_repeat_is_counted_and_a_malformed_packet_is_not_there()
    {
        var series = new BeatSeries(new());
        Add(series, "3:1000,1000,1000");
        Add(series, "3.1:1000,1000");
        series.Add(TimeSpan.FromSeconds(4), new("strap", null, StrapContact.NotSupported, [1000], Malformed: true));

        Assert.Equal((1, 1, 5), (series.OverDelivered, series.Gaps, series.Count));
    }

    [Fact]
    public void A_day_of_beats_leaves_the_newest_and_no_more()
    {
        var series = new BeatSeries(new(), capacity: 100);
        for (int second = 1; second <= 86_400; second++) Add(series, $"{second}:1000");

        Assert.Equal(86_400, series.Total);
        Assert.InRange(series.Count, 100, 200);
        Assert.Equal(TimeSpan.FromSeconds(86_400), series.Beats[^1].At);
        Assert.Equal(0, series.Gaps);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-5)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e12)]
    public void What_cannot_be_time_is_left_out(double rr)
    {
        var series = new BeatSeries(new());
        series.Add(TimeSpan.FromSeconds(2), new("strap", 60, StrapContact.Detected, [1000, rr, 1000]));
        Assert.Equal(2, series.Count);
    }

    private static void Add(BeatSeries series, string packet)
    {
        string device = char.IsLetter(packet[0]) ? packet[..1] : "strap";
        string[] parts = packet.TrimStart('B', '!').Split(':');
        double at = double.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture);
        double[] rr = [.. parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(double.Parse)];
        var flaws = packet[0] == '!' ? HeartFlaws.AfterBreak : HeartFlaws.None;
        series.Add(TimeSpan.FromSeconds(at), new(device, 60, StrapContact.Detected, [.. rr], Flaws: flaws));
    }
}
