using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Tests.Features;

/// <summary>Windows count the same wherever a clock begins, and take times and lengths at their limits.</summary>
public sealed class TimeLimitsTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.1);

    /// <summary>Where the clock of a recording may begin.</summary>
    public static TheoryData<TimeSpan> Beginnings =>
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(-0.05), TimeSpan.FromSeconds(-45.5), TimeSpan.FromHours(-1), TimeSpan.FromDays(40_000),
        CheckedTime.Longest, -CheckedTime.Longest, TimeSpan.MinValue, TimeSpan.MaxValue - TimeSpan.FromHours(1),
    ];

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void Lids_are_counted_the_same(TimeSpan begins)
    {
        var (perclos, blinks) = (new PerclosWindow(60, new()), new BlinkStatistics(fewest: 3));
        for (var i = 0; i < 1800; i++)
        {
            var at = begins + i * Step;
            perclos.Add(at, Step, i % 40 < 10 ? 1 : 0);
            perclos.Step(at + Step);
            blinks.Step(at + Step, Step);
            if (i % 40 == 10) blinks.Add(at, 2 * Step, isLong: false);
        }

        Assert.Equal(0.25, perclos.Value!.Value, 0.02);
        Assert.Equal(1, perclos.ValidShare, 0.02);
        Assert.Equal(15, blinks.PerMinute!.Value, 0.3);
        Assert.Equal(Math.Log(0.2), blinks.MeanLogDuration!.Value, 1e-9);
        Assert.Equal(1, blinks.SeenShare, 0.01);
    }

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void Looks_away_are_counted_the_same(TimeSpan begins)
    {
        var sharing = new VatsWindow(new());
        for (var i = 0; i < 600; i++) sharing.Step(begins + (i + 1) * Step, Step, onRoad: i % 20 >= 10);
        Assert.Equal(15, sharing.Away.TotalSeconds, 0.3);
    }

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void Pictures_events_and_medians_are_counted_the_same(TimeSpan begins)
    {
        var (rate, minute, median, seconds, began) = (
            new FrameRate(), new EventCounter(TimeSpan.FromMinutes(1)), new MedianWindow(TimeSpan.FromSeconds(3)), new Seconds(), 0);
        for (var i = 0; i < 1200; i++)
        {
            var at = begins + i * Step;
            rate.Step(at);
            median.Add(at, i % 30);
            if (i % 100 == 0) minute.Add(at);
            if (seconds.Step(at)) began++;
        }

        Assert.Equal(10, rate.PerSecond!.Value, 0.2);
        Assert.InRange(minute.Sum(begins + 1199 * Step), 6, 7);
        Assert.InRange(median.Median!.Value, 13, 16);
        Assert.InRange(began, 119, 120);
    }

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void Skin_is_counted_the_same(TimeSpan begins)
    {
        var skin = new SkinConductanceAnalyzer(new());
        for (var i = 0; i < 600; i++) skin.Add(begins + i * Step, new(5, null, "wrist"));
        var said = skin.Step(begins + 599 * Step);
        Assert.Equal(5, said.Tonic);
        Assert.Equal(1, said.Seen, 0.02);
    }

    [Fact]
    public void A_clock_that_goes_back_by_more_than_the_window_begins_another_one()
    {
        var (perclos, blinks, sharing) = (new PerclosWindow(60, new()), new BlinkStatistics(fewest: 1), new VatsWindow(new()));
        foreach (var begins in (TimeSpan[])[TimeSpan.FromHours(1), TimeSpan.FromSeconds(10), TimeSpan.FromHours(-1)])
        {
            for (var i = 0; i < 200; i++)
            {
                var at = begins + i * Step;
                perclos.Step(at);
                perclos.Add(at, Step, 0);
                blinks.Step(at, Step);
                sharing.Step(at, Step, onRoad: false);
            }

            blinks.Add(begins, Step, isLong: false);
            blinks.Step(begins + 200 * Step, TimeSpan.Zero);
            Assert.Equal(1.0 / 3, perclos.ValidShare, 0.02);
            Assert.Equal(1.0 / 9, blinks.SeenShare, 0.01);
            Assert.Equal(Math.Log(0.1), blinks.MeanLogDuration!.Value, 1e-9);
            Assert.Equal(20, sharing.Away.TotalSeconds, 0.2);
        }
    }

    [Fact]
    public void A_picture_that_comes_late_stays_in_the_window_and_moves_nothing()
    {
        var perclos = new PerclosWindow(60, new());
        perclos.Add(TimeSpan.FromSeconds(30), Step, 1);
        perclos.Add(TimeSpan.FromSeconds(-10), Step, 0);
        perclos.Add(TimeSpan.FromSeconds(-31), Step, 0);
        perclos.Step(TimeSpan.FromSeconds(29));
        Assert.Equal(0.5, perclos.CoveredOfSeen);
    }

    //   name                       closure, lasting in seconds
    public static TheoryData<string, double, TimeSpan, double> Lengths => new()
    {
        { "no number",              double.NaN,              Step,                    0 },
        { "endless",                double.PositiveInfinity, Step,                    0 },
        { "for no time",            1,                       TimeSpan.Zero,           0 },
        { "for less than no time",  1,                       TimeSpan.MinValue,       0 },
        { "for ever",               1,                       TimeSpan.MaxValue,       1 },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Closures_that_cannot_be_are_not_counted_and_long_ones_fill_the_window(
        string name, double closure, TimeSpan lasting, double share)
    {
        var (perclos, blinks, sharing) = (new PerclosWindow(60, new()), new BlinkStatistics(fewest: 1), new VatsWindow(new()));
        for (var i = 0; i < 3; i++)
        {
            perclos.Add(i * Step, lasting, closure);
            blinks.Step(i * Step, lasting);
            sharing.Step(i * Step, lasting, onRoad: true);
            sharing.Step(i * Step, lasting, onRoad: false);
        }

        Assert.True(Math.Abs(perclos.ValidShare - share) < 1e-9, name);
        Assert.InRange(blinks.SeenShare, 0, 1);
        Assert.InRange(sharing.Away, TimeSpan.Zero, 3 * new RoadSettings().SharingWindow);
    }

    [Fact]
    public void A_median_takes_no_number_that_is_none()
    {
        var median = new MedianWindow(TimeSpan.FromSeconds(3));
        double[] values = [1, double.NaN, 3, double.NaN, 2];
        for (var i = 0; i < values.Length; i++) median.Add(i * Step, values[i]);
        Assert.Equal(2, median.Median);
    }
}
